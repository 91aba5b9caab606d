package org.mailflow.assembly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mailflow.delivery.ReplacedFile;

/**
 * The file in the data directory that tells other processes on which ports a running server listens: {@code smtp},
 * {@code imap} and {@code webadmin}, each with its ports separated by commas. A configuration may leave the choice of a port
 * to the operating system. It is there while the server takes mail, and after a crash.
 */
final class PortsFile {
    private final Path file;

    PortsFile(Path data) {
        this.file = data.resolve("ports.properties");
    }

    void write(MailflowServer server) throws IOException {
        List<String> lines = List.of(
                "smtp=" + joined(server.smtpPorts().stream().mapToInt(Integer::intValue)),
                "imap=" + joined(server.imapPorts().stream().mapToInt(Integer::intValue)),
                "webadmin=" + joined(server.webAdminPort().stream()));
        ReplacedFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8))
                .close();
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String joined(IntStream ports) {
        return ports.mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
