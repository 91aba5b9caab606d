package org.mailflow.extension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/** The directory of a stock James as docs/stock-james.md tells to set it up: conf/extension as it stands, and the jar. */
final class StockInstallation {

    /** Where the servers listen: an address of its own, so that ports found free on it stay free. */
    static final String HOST = "127.42.17.1";

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    /** An empty one, in place of whatever was there. */
    StockInstallation(String name) throws IOException {
        directory = StockJars.path("stock.directory").resolve(name);
        if (Files.exists(directory)) {
            remove(directory);
        }
        Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("extensions-jars"));
        Files.copy(StockJars.extension(), directory.resolve("extensions-jars").resolve("mailflow-extension.jar"));
        try (Stream<Path> files = Files.list(StockJars.path("stock.conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, conf(file.getFileName().toString()));
            }
        }
        // Its port is fixed.
        Files.writeString(conf("jmx.properties"), "jmx.enabled=false\n");
    }

    /** A file of the configuration. */
    Path conf(String name) {
        return directory.resolve("conf").resolve(name);
    }

    /** Sets an environment variable that the configuration names. */
    StockInstallation set(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    /** Lets something listen on a free port. */
    int listen(String bindVariable) throws IOException {
        int port = freePort();
        set(bindVariable, HOST + ":" + port);
        return port;
    }

    /** The server's own certificate, and whom it believes. */
    StockInstallation identity(Credentials credentials, CertificateAuthority trusted) throws IOException {
        Path certs = Files.createDirectories(directory.resolve("conf/certs"));
        Files.move(credentials.writePem(certs, "mail").certificates(), certs.resolve("mail.pem"));
        return set("MAILFLOW_TRUSTED", trusted.writeCertificate(certs.resolve("trusted.pem")));
    }

    /**
     * Asks this DNS server. A name server of dnsservice.xml has port 53 for James; one that is not James' but dnsjava's
     * default may have any, and deliveries ask dnsjava's default.
     */
    StockInstallation dns(LoopbackDns dns) throws IOException {
        Files.writeString(
                conf("dnsservice.xml"),
                "<dnsservice><servers><server>127.0.0.1</server></servers><autodiscover>false</autodiscover>"
                        + "<setAsDNSJavaDefault>false</setAsDNSJavaDefault></dnsservice>");
        options.add("-Ddns.server=" + dns.address().getAddress().getHostAddress() + ":"
                + dns.address().getPort());
        return this;
    }

    /** Starts it; it may not be ready yet. */
    StockJames launch() throws IOException {
        return StockJames.launch(directory, environment, options);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException trouble) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
