package org.tidewatch.fetch;

import com.digitalpebble.stormcrawler.protocol.ProtocolFactory;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets the topologies of a test class have protocols with their own settings. StormCrawler keeps one factory for the
 * whole JVM, made from the configuration of the first FetcherBolt in it, so a second test class would fetch with the
 * first one's settings.
 */
public final class FreshProtocols implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
        forget();
    }

    @Override
    public void afterAll(ExtensionContext context) throws ReflectiveOperationException {
        forget();
    }

    private static void forget() throws ReflectiveOperationException {
        MethodHandles.privateLookupIn(ProtocolFactory.class, MethodHandles.lookup())
                .findStaticVarHandle(ProtocolFactory.class, "single_instance", ProtocolFactory.class)
                .setVolatile(null);
    }
}
