package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.settings.OwnHandlers;
import org.mailflow.core.container.settings.SmtpServerElements;

/** What listeners allow, and whose handlers they have. */
final class ListenerChecks {

    private static final int PUBLIC_PORT = 25;

    private ListenerChecks() {}

    static void run(List<ListenerDraft> listeners, ServerKind kind) {
        listeners.forEach(listener -> {
            values(listener);
            if (listener.section().one(SmtpServerElements.ENABLED, true)) {
                if (hasOurs(listener)) {
                    besideOurs(listener);
                } else {
                    without(listener, kind);
                }
                limits(listener);
                passwords(listener);
                tls(listener);
            }
        });
    }

    static boolean hasOurs(ListenerDraft listener) {
        return listener.handlerChain()
                .flatMap(chain -> chain.one(SmtpServerElements.CORE_HANDLERS_PACKAGE))
                .filter(OwnHandlers.CHAIN::equals)
                .isPresent();
    }

    /** Reading a value notes what is wrong with it. */
    private static void values(ListenerDraft listener) {
        SmtpServerElements.SERVER.parameters().stream()
                .filter(parameter -> listener.section().has(parameter))
                .filter(parameter -> !parameter.equals(SmtpServerElements.AUTHORIZED_ADDRESSES))
                .forEach(listener.section()::one);
        listener.section().one(SmtpServerElements.ENABLED);
        listener.auth().ifPresent(auth -> SmtpServerElements.AUTH.parameters().forEach(auth::one));
        listener.tls().ifPresent(tls -> SmtpServerElements.TLS.attributes().forEach(tls::one));
    }

    private static void without(ListenerDraft listener, ServerKind kind) {
        Section place = listener.handlerChain().orElse(listener.section());
        Optional<String> other =
                listener.handlerChain().flatMap(chain -> chain.one(SmtpServerElements.CORE_HANDLERS_PACKAGE));
        boolean meant = other.flatMap(name -> NearMiss.of(name, List.of(OwnHandlers.CHAIN)))
                .isPresent();
        String message =
                "has not the handlers of Mailflow: James alone decides who may relay here, and mailflow.xml does not";
        String remedy = "Write <handlerchain coreHandlersPackage=\"" + OwnHandlers.CHAIN + "\"/>";
        if (kind == ServerKind.OUR_SERVER || meant) {
            place.error(message, remedy);
        } else {
            place.warning(message, remedy);
        }
    }

    private static void besideOurs(ListenerDraft listener) {
        Section section = listener.section();
        if (section.has(SmtpServerElements.AUTHORIZED_ADDRESSES)) {
            section.error(
                    SmtpServerElements.AUTHORIZED_ADDRESSES,
                    "grants nothing beside the handlers of Mailflow",
                    "Remove it, and give these networks an inbound connector with senderIPAddresses in mailflow.xml");
        }
        ineffective(section, SmtpServerElements.VERIFY_IDENTITY, "a user always sends as himself");
        ineffective(section, SmtpServerElements.AUTH_REQUIRED, "mailflow.xml decides who may relay");
        if (!section.one(SmtpServerElements.HELO_EHLO_ENFORCEMENT, true)) {
            section.warning(
                    SmtpServerElements.HELO_EHLO_ENFORCEMENT,
                    "false takes mail from a client that never said its name",
                    "Write true");
        }
    }

    private static void ineffective(Section section, Parameter<?> parameter, String truth) {
        if (section.has(parameter)) {
            section.warning(parameter, "has no effect beside the handlers of Mailflow: " + truth, "Remove it");
        }
    }

    private static void limits(ListenerDraft listener) {
        Section section = listener.section();
        // Beside our handlers, maxMessageSize of mailflow.xml holds then.
        if (!hasOurs(listener)
                && section.one(SmtpServerElements.MAX_MESSAGE_SIZE)
                        .filter(bytes -> bytes == 0)
                        .isPresent()) {
            section.warning(
                    SmtpServerElements.MAX_MESSAGE_SIZE,
                    unlimited(section, SmtpServerElements.MAX_MESSAGE_SIZE) + "mail of any size fills the disk",
                    "Write the largest mail that you take, like 35M");
        }
        for (Parameter<Integer> limit :
                List.of(SmtpServerElements.CONNECTION_LIMIT, SmtpServerElements.CONNECTION_LIMIT_PER_IP)) {
            if (section.one(limit).filter(connections -> connections == 0).isPresent()) {
                section.warning(
                        limit,
                        unlimited(section, limit) + "any number of connections keeps others out",
                        "Write a number, like " + (limit.equals(SmtpServerElements.CONNECTION_LIMIT) ? 1000 : 100));
            }
        }
    }

    private static String unlimited(Section section, Parameter<?> parameter) {
        return section.has(parameter) ? "is 0, which is no limit: " : "is not written, so there is no limit: ";
    }

    private static void passwords(ListenerDraft listener) {
        boolean onPublicPort = Binds.of(listener).stream().anyMatch(bind -> bind.port() == PUBLIC_PORT);
        Optional<String> announced = listener.auth().flatMap(auth -> auth.one(SmtpServerElements.ANNOUNCE));
        announced.filter(mode -> onPublicPort && !mode.equals("never")).ifPresent(mode -> listener.auth()
                .orElseThrow()
                .warning(
                        SmtpServerElements.ANNOUNCE,
                        "offers passwords to everybody on port 25, where other servers deliver",
                        "Write never, and let people send by port 587"));
    }

    private static void tls(ListenerDraft listener) {
        listener.tls()
                .filter(tls ->
                        tls.one(SmtpServerElements.START_TLS, false) && tls.one(SmtpServerElements.SOCKET_TLS, false))
                .ifPresent(tls -> tls.error(
                        SmtpServerElements.START_TLS,
                        "cannot be true when socketTLS is",
                        "Write true for one: socketTLS on port 465, startTLS elsewhere"));
    }
}
