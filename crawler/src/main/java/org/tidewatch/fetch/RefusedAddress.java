package org.tidewatch.fetch;

import java.net.UnknownHostException;

/**
 * The address of a host may not be connected to. A kind of {@link UnknownHostException} because that is all that
 * OkHttp's resolver may throw.
 */
final class RefusedAddress extends UnknownHostException {

    RefusedAddress(String message) {
        super(message);
    }
}
