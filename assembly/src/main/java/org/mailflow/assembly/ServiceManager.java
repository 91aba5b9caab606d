package org.mailflow.assembly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd what the server is about (sd_notify(3), <code>Type=notify</code>), so that a unit counts as started when the
 * server takes mail. Nothing happens where nobody asks for it, by the variable {@code NOTIFY_SOCKET}.
 *
 * <p>Java 17 knows no datagrams over Unix sockets; systemd's own program sends them, hence <code>NotifyAccess=all</code>.
 */
final class ServiceManager {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceManager.class);
    private static final long PATIENCE_SECONDS = 5;

    private final boolean asked;

    private ServiceManager(boolean asked) {
        this.asked = asked;
    }

    /** The one that started a process with this environment, if any. */
    static ServiceManager of(Map<String, String> environment) {
        return new ServiceManager(!environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty());
    }

    /** The server takes mail, on a configuration that is whole. */
    void ready(String status) {
        tell("READY=1", "STATUS=" + status);
    }

    /** The configuration is being read anew. */
    void reloading() {
        tell("RELOADING=1");
    }

    /** The server comes to its end. */
    void stopping() {
        tell("STOPPING=1");
    }

    private void tell(String... assignments) {
        if (!asked) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(List.of(assignments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOGGER.warn("systemd-notify does not come to an end");
            }
        } catch (IOException e) {
            LOGGER.warn("The service manager cannot be told: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
