package org.mailflow.core.container.checks;

import java.util.List;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.settings.OwnHandlers;
import org.mailflow.core.container.settings.SmtpServerElements;

/** Handlers beside those of Mailflow: they may refuse, but none may permit. */
final class HandlerChecks {

    private HandlerChecks() {}

    static void run(List<ListenerDraft> listeners) {
        listeners.stream()
                .filter(listener -> listener.section().one(SmtpServerElements.ENABLED, true))
                .forEach(
                        listener -> listener.handlers().forEach(handler -> handler.one(SmtpServerElements.HANDLER_CLASS)
                                .ifPresent(name -> judge(handler, name, ListenerChecks.hasOurs(listener)))));
    }

    private static void judge(Section handler, String name, boolean besideOurs) {
        if (name.startsWith(OwnHandlers.PACKAGE) && !OwnHandlers.isOurs(name)) {
            handler.error(
                    SmtpServerElements.HANDLER_CLASS,
                    "there is no handler " + name,
                    NearMiss.of(name, OwnHandlers.BESIDE_CHAIN)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Remove it"));
        } else if (besideOurs && OwnHandlers.decides(name)) {
            handler.error(
                    SmtpServerElements.HANDLER_CLASS,
                    name + " decides who may relay or which recipients there are, which mailflow.xml does",
                    "Remove it");
        } else if (besideOurs && OwnHandlers.isInChain(name)) {
            handler.error(
                    SmtpServerElements.HANDLER_CLASS,
                    name + " is in coreHandlersPackage already, or replaced there: mail would be handled twice",
                    "Remove it");
        }
    }
}
