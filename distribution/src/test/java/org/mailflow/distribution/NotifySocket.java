package org.mailflow.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Listens as systemd does (sd_notify(3)). Java knows no datagrams over Unix sockets; python3 does. */
final class NotifySocket implements AutoCloseable {
    private static final String LISTENER =
            """
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            os.chmod(sys.argv[1], 0o666)
            print("listening", flush=True)
            while True:
                print(s.recv(4096).decode().strip().replace("\\n", " "), flush=True)
            """;

    private final Process listener;
    private final Path heard;

    private NotifySocket(Process listener, Path heard) {
        this.listener = listener;
        this.heard = heard;
    }

    static NotifySocket open(Path socket, Path heard) throws IOException {
        Process listener = new ProcessBuilder("python3", "-c", LISTENER, socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(heard.toFile())
                .start();
        NotifySocket opened = new NotifySocket(listener, heard);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(opened.messages()).contains("listening"));
        return opened;
    }

    /** What was told, in order, a message a line. */
    List<String> messages() throws IOException {
        return Files.readAllLines(heard);
    }

    @Override
    public void close() {
        listener.destroy();
    }
}
