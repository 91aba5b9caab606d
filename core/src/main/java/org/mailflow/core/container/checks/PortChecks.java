package org.mailflow.core.container.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailflow.core.config.Location;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.settings.SmtpServerElements;

/** Ports that two listeners want. */
final class PortChecks {

    private PortChecks() {}

    static void run(List<ListenerDraft> listeners) {
        List<ListenerDraft> enabled = listeners.stream()
                .filter(listener -> listener.section().one(SmtpServerElements.ENABLED, true))
                .toList();
        Map<Binds.Bind, Location> taken = new HashMap<>();
        for (ListenerDraft listener : enabled) {
            listener.section()
                    .one(SmtpServerElements.BIND)
                    .filter(text -> !Binds.areSound(text))
                    .ifPresent(text -> listener.section()
                            .error(
                                    SmtpServerElements.BIND,
                                    "'" + text + "' is no address and port",
                                    "Write address:port with an IPv4 address, like 0.0.0.0:25; several with commas"));
            for (Binds.Bind bind : Binds.of(listener)) {
                new ArrayList<>(taken.keySet())
                        .stream().filter(bind::collides).findFirst().ifPresent(other -> listener.section()
                                .error(
                                        SmtpServerElements.BIND,
                                        bind + " is taken by the listener in line "
                                                + taken.getOrDefault(
                                                                other,
                                                                listener.section()
                                                                        .location())
                                                        .line(),
                                        "Give each listener a port of its own"));
                taken.put(bind, listener.section().location());
            }
        }
    }
}
