package org.tidewatch.doctor;

import java.util.Optional;

/** What a check found, and how to mend it when it is not well. */
public record Finding(String check, Level level, String said, Optional<String> remedy) {

    /** How bad it is: only FAIL keeps Tidewatch from working. */
    public enum Level {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String check, String said) {
        return new Finding(check, Level.OK, said, Optional.empty());
    }

    static Finding warn(String check, String said, String remedy) {
        return new Finding(check, Level.WARN, said, Optional.of(remedy));
    }

    static Finding fail(String check, String said, String remedy) {
        return new Finding(check, Level.FAIL, said, Optional.of(remedy));
    }
}
