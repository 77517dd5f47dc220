/** The embedded Elasticsearch: the real server, unpacked once, run as a child process on loopback. */
@NullMarked
package org.tidewatch.server;

import org.jspecify.annotations.NullMarked;
