package org.tidewatch.command;

import org.tidewatch.search.Lookback;
import picocli.CommandLine.Option;

/** What is asked of history for a search that takes force. */
final class LookbackOptions {

    @Option(names = "--no-history", description = "match only what is crawled from now on")
    private boolean noHistory;

    @Option(names = "--quiet", description = "record what is found in history, without alerting anyone")
    private boolean quiet;

    Lookback lookback() {
        return new Lookback(!noHistory, quiet, 0);
    }
}
