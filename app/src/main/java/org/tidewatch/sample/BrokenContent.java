package org.tidewatch.sample;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the sample web that cannot be used; the message begins with file and line. */
public final class BrokenContent extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenContent(Path file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
