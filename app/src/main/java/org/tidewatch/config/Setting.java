package org.tidewatch.config;

/** An effective value as a user would write it, secrets hidden, and where it came from. */
public record Setting(String key, String value, String source) {}
