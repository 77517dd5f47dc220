package org.tidewatch.server;

/**
 * How the server ended.
 *
 * @param code the exit code of its process; 128 plus the signal's number if a signal ended it
 * @param requested whether {@link ElasticsearchServer#close()} asked for it
 * @param log the end of the server's log, one line each, without stack frames; may be empty
 */
public record Exit(int code, boolean requested, String log) {}
