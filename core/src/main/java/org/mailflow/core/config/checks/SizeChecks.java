package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.OutboundConnectorSettings.MAX_MESSAGE_SIZE;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.TLS_SETTINGS;

import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.model.OutboundConnector;

/** How large the mail of a connector may be, where that may surprise. */
final class SizeChecks {

    private SizeChecks() {}

    static void run(MailflowDraft draft) {
        boolean known = draft.server().section().isSound(ServerElements.MAX_MESSAGE_SIZE)
                && draft.server().section().has(ServerElements.MAX_MESSAGE_SIZE);
        long most = known ? draft.server().settings().mimeLimits().maxMessageSize() : Long.MAX_VALUE;
        draft.organizations().forEach(organization -> organization
                .outboundConnectors()
                .forEach(connector -> judge(connector.value(), connector.section(), most)));
    }

    private static void judge(OutboundConnector connector, Section section, long most) {
        if (!section.has(MAX_MESSAGE_SIZE) || !section.isSound(MAX_MESSAGE_SIZE)) {
            return;
        }
        if (!connector.takes(most) && connector.tlsSettings().isPresent() && !connector.isTransportRuleScoped()) {
            section.warning(
                    MAX_MESSAGE_SIZE,
                    "sends larger mail by whatever connector serves its domains too, without " + TLS_SETTINGS.name()
                            + " of this one",
                    "Remove it, or see to it that every connector that serves them demands the same of TLS");
        }
        if (connector.takes(most)) {
            section.warning(
                    MAX_MESSAGE_SIZE,
                    "has no effect: maxMessageSize of the server is smaller",
                    "Remove it, or make it smaller than that");
        }
    }
}
