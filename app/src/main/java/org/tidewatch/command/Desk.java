package org.tidewatch.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tidewatch.config.Configuration;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Retention;
import org.tidewatch.review.Review;
import org.tidewatch.search.SearchStore;
import org.tidewatch.supervise.BorrowedIndex;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.StartRefused;
import org.tidewatch.supervise.Status;

/**
 * A command's access to the index: the configured cluster, the running embedded server, or one that is started for as
 * long as the command lasts.
 */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Configuration configuration;
    private final Indices indices;
    private final Optional<BorrowedIndex> own;

    private Desk(Configuration configuration, Indices indices, Optional<BorrowedIndex> own) {
        this.configuration = configuration;
        this.indices = indices;
        this.own = own;
    }

    static Desk open(Place place) throws BadConfiguration, StartRefused, InterruptedException, IOException {
        Configuration configuration = place.configuration();
        DataFolder folder = place.folder(configuration);
        Optional<ElasticAccess> access = configuration.elasticsearch().access();
        if (access.isEmpty()) {
            access = Status.read(folder).flatMap(Status::elastic);
        }
        Optional<BorrowedIndex> own = Optional.empty();
        if (access.isEmpty()) {
            PrintStream progress = System.err;
            progress.println("Nothing is running on " + folder.path() + ": starting Elasticsearch for this command.");
            own = Optional.of(
                    BorrowedIndex.start(configuration, folder, place.home().elasticsearchZip(), Clock.systemUTC()));
            access = Optional.of(own.get().access());
        }
        Indices indices =
                Indices.open(access.orElseThrow().withPatience(PATIENCE).settings(System.getenv()));
        indices.ensure();
        return new Desk(configuration, indices, own);
    }

    Configuration configuration() {
        return configuration;
    }

    Indices indices() {
        return indices;
    }

    Retention.Terms terms() {
        return configuration.retention();
    }

    Review review() {
        return new Review(indices, configuration.retention(), Clock.systemUTC());
    }

    SearchStore searches() {
        return new SearchStore(
                indices,
                configuration.retention(),
                Clock.systemUTC(),
                configuration.searches().consent());
    }

    @Override
    public void close() throws IOException {
        indices.close();
        own.ifPresent(BorrowedIndex::close);
    }
}
