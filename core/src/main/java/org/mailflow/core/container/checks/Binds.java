package org.mailflow.core.container.checks;

import java.util.ArrayList;
import java.util.List;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.settings.SmtpServerElements;

/** Where listeners listen. */
final class Binds {

    private static final String ANY = "0.0.0.0";
    private static final int EPHEMERAL = 0;

    /** An address and a port. */
    record Bind(String host, int port) {
        /** Whether both cannot be taken at the same time. */
        boolean collides(Bind other) {
            return port == other.port
                    && port != EPHEMERAL
                    && (host.equals(other.host) || host.equals(ANY) || other.host.equals(ANY));
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private Binds() {}

    /** Those of a listener, as far as they can be read. */
    static List<Bind> of(ListenerDraft listener) {
        List<Bind> binds = new ArrayList<>();
        for (String bind :
                listener.section().one(SmtpServerElements.BIND).orElse("").split(",", -1)) {
            String[] parts = bind.strip().split(":", -1);
            if (isBind(parts)) {
                binds.add(new Bind(parts[0], Integer.parseInt(parts[1])));
            }
        }
        return binds;
    }

    /** Whether James can read each of the addresses. */
    static boolean areSound(String text) {
        for (String bind : text.split(",", -1)) {
            if (!isBind(bind.strip().split(":", -1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBind(String[] parts) {
        return parts.length == 2
                && !parts[0].isEmpty()
                && parts[1].matches("[0-9]{1,5}")
                && Integer.parseInt(parts[1]) <= 65_535;
    }
}
