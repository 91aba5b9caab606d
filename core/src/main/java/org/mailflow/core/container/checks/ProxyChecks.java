package org.mailflow.core.container.checks;

import java.util.List;
import java.util.stream.Stream;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.settings.SmtpServerElements;
import org.mailflow.core.model.Mailflow;

/** A PROXY header is believed from those who are trusted, and from nobody else. */
final class ProxyChecks {

    private ProxyChecks() {}

    /** A stock James believes anybody. */
    static void run(List<ListenerDraft> listeners, ServerKind kind) {
        if (kind == ServerKind.STOCK_JAMES) {
            proxied(listeners)
                    .forEach(section -> section.error(
                            SmtpServerElements.PROXY_REQUIRED,
                            "lets anybody who can connect claim any address, and have the rights of its connector: a stock "
                                    + "James believes the PROXY header of everybody",
                            "Remove it, and let clients reach this port themselves"));
        }
    }

    static void run(Mailflow mailflow, List<ListenerDraft> listeners, ServerKind kind) {
        if (kind == ServerKind.OUR_SERVER && mailflow.server().trustedProxies().isEmpty()) {
            proxied(listeners)
                    .forEach(section -> section.error(
                            SmtpServerElements.PROXY_REQUIRED,
                            "shuts everybody out: mailflow.xml has no trustedProxies",
                            "Write the addresses of your proxies into <trustedProxies> of <server> in mailflow.xml"));
        }
    }

    private static Stream<Section> proxied(List<ListenerDraft> listeners) {
        return listeners.stream()
                .map(ListenerDraft::section)
                .filter(section -> section.one(SmtpServerElements.ENABLED, true))
                .filter(section -> section.one(SmtpServerElements.PROXY_REQUIRED, false));
    }
}
