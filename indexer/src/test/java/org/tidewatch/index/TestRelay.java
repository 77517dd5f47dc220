package org.tidewatch.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A stretch of network between a test and the real Elasticsearch that the test can cut and mend. Thread-safe. */
public final class TestRelay implements AutoCloseable {

    private static final Pattern METHOD = Pattern.compile("(GET|PUT|POST|HEAD|DELETE) /");

    private final URI target;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;

    public TestRelay(URI target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = listening.getLocalPort();
        start(() -> accept(listening));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Nobody gets through from now on, and who is through is thrown out. */
    public void cut() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Lets so many requests through from now on and cuts at the next one, as a crash of who sends them would. */
    public void cutAfter(int requests) {
        left.set(requests);
    }

    public void mend() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listening = again;
        start(() -> accept(again));
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket near = from.accept();
                Socket far = new Socket(target.getHost(), target.getPort());
                open.add(near);
                open.add(far);
                if (from.isClosed()) {
                    near.close();
                    far.close();
                    return;
                }
                start(() -> pumpRequests(near, far));
                start(() -> pump(far, near));
            }
        } catch (IOException cut) {
            // The end of this relay.
        }
    }

    private void pumpRequests(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String head = new String(buffer, 0, Math.min(read, 8), StandardCharsets.ISO_8859_1);
                if (METHOD.matcher(head).lookingAt() && left.getAndDecrement() <= 0) {
                    cut();
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException cut) {
            // The end of this connection.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException cut) {
            // The end of this connection.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
