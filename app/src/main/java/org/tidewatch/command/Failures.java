package org.tidewatch.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.IndexRefused;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.supervise.StartRefused;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a message for its user and an exit code; the stack goes to the log. */
final class Failures implements IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof BadConfiguration) {
            command.getErr().println(problem.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        LOG.error("{} failed", command.getCommandName(), problem);
        boolean expected = problem instanceof StartRefused
                || problem instanceof IndexUnavailable
                || problem instanceof IndexRefused;
        command.getErr().println("tidewatch: " + (expected ? problem.getMessage() : problem.toString()));
        if (problem instanceof IndexUnavailable) {
            command.getErr().println("./tidewatch doctor looks for the cause.");
        }
        if (!expected) {
            command.getErr().println("The log tells more: " + System.getProperty("tidewatch.log"));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
