package org.tidewatch.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts the server on the folder of its first argument, says so, and waits to be killed. */
final class ParentProcess {
    private ParentProcess() {}

    public static void main(String[] arguments) throws Exception {
        ElasticsearchServer server = ElasticsearchServer.start(TestSettings.on(Path.of(arguments[0])), line -> {});
        System.out.println("started " + server.pid());
        new CountDownLatch(1).await();
    }

    static ProcessBuilder command(Path data) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-Dtidewatch.elasticsearch.zip=" + TestSettings.ZIP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProcess.class.getName(),
                        data.toString())
                .redirectErrorStream(true);
    }
}
