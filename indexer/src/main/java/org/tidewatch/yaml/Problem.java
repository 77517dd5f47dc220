package org.tidewatch.yaml;

/** What is wrong in a file, where, and what to do about it. Lines count from 1; key is the full path, or empty. */
public record Problem(String file, int line, String key, String message) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
