package org.mailflow.core.container.checks;

import java.util.Optional;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.settings.DeliverByConnectorSettings;
import org.mailflow.core.container.settings.MailetElements;
import org.mailflow.core.decision.ConnectorNames;
import org.mailflow.core.model.Mailflow;

/** The connectors that {@code mailetcontainer.xml} names are those of {@code mailflow.xml}. */
final class ConnectorChecks {

    private ConnectorChecks() {}

    static void run(Mailflow mailflow, MailetContainerDraft container) {
        container.mailets().forEach(mailet -> {
            conditions(mailflow, mailet);
            if (mailet.is(DeliverByConnectorSettings.SPEC)) {
                delivery(mailflow, mailet);
            }
        });
    }

    private static void conditions(Mailflow mailflow, MailetDraft mailet) {
        Parameter<String> attribute = mailet.match().inverted() ? MailetElements.NOTMATCH : MailetElements.MATCH;
        mailet.match()
                .own()
                .flatMap(spec -> spec.flaw(mailet.match().condition(), Optional.of(mailflow)))
                .ifPresent(flaw -> ClassChecks.complain(mailet, attribute, flaw));
    }

    private static void delivery(Mailflow mailflow, MailetDraft mailet) {
        mailet.value(DeliverByConnectorSettings.CONNECTOR).ifPresent(name -> {
            int found = ConnectorNames.outbound(mailflow, name).size();
            if (found != 1) {
                mailet.section()
                        .error(
                                DeliverByConnectorSettings.CONNECTOR,
                                "'" + name + "' is "
                                        + (found == 0
                                                ? "no outbound connector"
                                                : "a connector of several organizations"),
                                "Write organization/connector as in mailflow.xml");
            }
        });
    }
}
