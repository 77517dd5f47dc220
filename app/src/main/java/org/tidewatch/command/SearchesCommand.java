package org.tidewatch.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The saved searches. */
@Command(
        name = "searches",
        mixinStandardHelpOptions = true,
        description = "The saved searches: their files, what of them is in force, and who approved it.",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            SearchesLintCommand.class,
            SearchesDiffCommand.class,
            SearchesApplyCommand.class,
            SearchesApproveCommand.class,
            SearchesListCommand.class,
            SearchesShowCommand.class,
            SearchesHistoryCommand.class,
            SearchesDisableCommand.class,
            SearchesEnableCommand.class,
            SearchesExportCommand.class,
            SearchesEvalCommand.class,
            SearchesTryCommand.class,
            SearchesHealthCommand.class
        })
final class SearchesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
