package org.mailflow.assembly;

import java.util.Optional;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;

/** Reads the configuration anew for each SIGHUP, as {@code POST /mailflow/reload} does. */
final class Hangups {
    private final ServiceManager manager;
    private Optional<LiveMailflow> live = Optional.empty();

    Hangups(ServiceManager manager) {
        this.manager = manager;
    }

    /** From now on there is something to reload; and the server takes mail. */
    synchronized void serve(MailflowServer server) {
        live = Optional.of(server.get(LiveMailflow.class));
        manager.ready("Takes mail");
    }

    /** Reloads; the outcome is in the log. While the server starts there is nothing to do: it reads the files anyway. */
    synchronized void reload() {
        if (live.isEmpty()) {
            return;
        }
        manager.reloading();
        String status = "Takes mail; the last reload failed";
        try {
            status = reload(live.get());
        } finally {
            // Whatever came of it: a service manager waits for this word.
            manager.ready(status);
        }
    }

    private static String reload(LiveMailflow live) {
        try {
            return "Takes mail, on configuration " + live.reload().generation();
        } catch (InvalidConfigurationException e) {
            return "Takes mail; the last reload was refused, and the old configuration goes on";
        }
    }
}
