package org.tidewatch.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The server's configuration folder, written anew at each start, so that it always says what the settings say. */
final class Configuration {
    static final String CLUSTER = "tidewatch";

    private final DataFolder folder;
    private final Account account;
    private final long heapBytes;
    private final OptionalInt httpPort;

    Configuration(DataFolder folder, Account account, long heapBytes, OptionalInt httpPort) {
        this.folder = folder;
        this.account = account;
        this.heapBytes = heapBytes;
        this.httpPort = httpPort;
    }

    /** Expects an empty folder. The server adds its keystore, so the folder is the server's user's in the end. */
    void write(Credential credential) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("elasticsearch.yml", resource("elasticsearch.yml") + "\n" + paths());
        files.put("log4j2.properties", resource("log4j2.properties"));
        files.put("jvm.options", resource("jvm.options") + "\n" + heap());
        files.put("users", Credential.USER + ":" + credential.hash() + "\n");
        files.put("users_roles", "superuser:" + Credential.USER + "\n");
        files.put("roles.yml", "");
        files.put("role_mapping.yml", "");
        account.disown(folder.config());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.config().resolve(file.getKey());
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            account.own(path);
        }
        account.own(folder.config());
    }

    /** Port 0 lets the system choose, and the server tells in its ports file: no one can take the port in between. */
    private String paths() {
        return "path.data: " + quoted(folder.data())
                + "\npath.logs: " + quoted(folder.logs())
                + "\npath.repo: [" + quoted(folder.snapshots()) + "]"
                + "\nhttp.port: " + httpPort.orElse(0) + "\n";
    }

    private String heap() {
        long kibibytes = heapBytes >> 10;
        return "-Xms" + kibibytes + "k\n-Xmx" + kibibytes + "k\n" + folder.mark() + "\n-XX:ErrorFile=" + folder.logs()
                + "/hs_err_pid%p.log\n";
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Configuration.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
