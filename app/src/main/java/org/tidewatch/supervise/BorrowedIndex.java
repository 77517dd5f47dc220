package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.tidewatch.config.Configuration;
import org.tidewatch.index.ElasticAccess;
import org.tidewatch.server.ServerException;

/** The embedded server, started for one command while nothing else runs on the data folder. */
public final class BorrowedIndex implements AutoCloseable {

    private final DataFolder.Lock lock;
    private final ElasticChild elastic;

    private BorrowedIndex(DataFolder.Lock lock, ElasticChild elastic) {
        this.lock = lock;
        this.elastic = elastic;
    }

    /** @throws StartRefused when something stands in the way, with the remedy */
    public static BorrowedIndex start(Configuration configuration, DataFolder folder, Path zip, Clock clock)
            throws StartRefused, InterruptedException {
        try {
            DataFolder.Lock lock = folder.lock()
                    .orElseThrow(() -> new StartRefused("Another Tidewatch is starting or ending on " + folder.path()
                            + ". Try again in some seconds."));
            boolean started = false;
            try {
                BorrowedIndex borrowed =
                        new BorrowedIndex(lock, ElasticChild.start(configuration, folder, zip, line -> {}, clock));
                started = true;
                return borrowed;
            } finally {
                if (!started) {
                    lock.close();
                }
            }
        } catch (ServerException e) {
            throw new StartRefused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartRefused("The data folder " + folder.path() + " cannot be used: " + e.getMessage(), e);
        }
    }

    public ElasticAccess access() {
        return elastic.access();
    }

    @Override
    public void close() {
        elastic.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
