package org.mailflow.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;

class MailFiguresTest {

    private static final Optional<String> CONTOSO = Optional.of("contoso");
    private static final Optional<String> PARTNER = Optional.of("Partner");

    private final List<MailEvent> told = new ArrayList<>();
    private final MailFigures figures = new MailFigures(told::add);

    @Test
    void countsRecipientsByConnectorAndPassesEventsOn() {
        MailEvent delivered = event(MailEvent.Type.DELIVERED, 2)
                .peer("mail.fabrikam.com[192.0.2.1]:25")
                .tls(Optional.of("TLSv1.3"), Optional.empty())
                .build();
        MailEvent deferred =
                event(MailEvent.Type.DEFERRED, 1).reply("451 Later").build();

        figures.record(delivered);
        figures.record(deferred);
        figures.attempted(CONTOSO, PARTNER, Duration.ofMillis(1500));
        figures.connected(CONTOSO, PARTNER);
        figures.connectionFailed(CONTOSO, PARTNER, true);

        assertThat(told).containsExactly(delivered, deferred);
        assertThat(figures.connectors()).singleElement().satisfies(connector -> {
            assertThat(connector.connector()).isEqualTo("contoso/Partner");
            assertThat(connector.delivered()).isEqualTo(2);
            assertThat(connector.deferred()).isEqualTo(1);
            assertThat(connector.failed()).isZero();
            assertThat(connector.attempts()).isEqualTo(1);
            assertThat(connector.attemptSeconds()).isEqualTo(1.5);
            assertThat(connector.connections()).isEqualTo(1);
            assertThat(connector.connectionFailures()).isEqualTo(1);
            assertThat(connector.tlsFailures()).isEqualTo(1);
            assertThat(connector.tlsVersions()).containsOnly(Map.entry("TLSv1.3", 2L));
            assertThat(connector.lastPeer()).contains("mail.fabrikam.com[192.0.2.1]:25 TLSv1.3");
            assertThat(connector.lastReply()).contains("451 Later");
        });
    }

    @Test
    void countsMailWithoutAConnectorToMx() {
        figures.record(MailEvent.builder(MailEvent.Type.DELIVERED, "mail.contoso.com")
                .recipients(List.of("erin@cpandl.com"))
                .peer("mx.cpandl.com[192.0.2.1]:25")
                .build());

        assertThat(figures.connectors()).extracting(ConnectorFigures::connector).containsExactly("mx");
    }

    @Test
    void doesNotTakeAMailboxForANextHop() {
        figures.record(MailEvent.builder(MailEvent.Type.DELIVERED, "mail.contoso.com")
                .recipients(List.of("chris@contoso.com"))
                .build());

        assertThat(figures.connectors()).isEmpty();
    }

    @Test
    void countsSessionsByReplyCodeWithoutTrustingWhatFollows() {
        figures.record(event(MailEvent.Type.RECEIVED, 1).build());
        figures.record(event(MailEvent.Type.REFUSED, 1).reply("550 5.7.1 No").build());
        figures.record(
                event(MailEvent.Type.REFUSED, 1).reply("550 5.1.10 \n Not here").build());
        figures.record(event(MailEvent.Type.REFUSED, 1).reply("5501 odd").build());

        assertThat(figures.sessions().accepted()).isEqualTo(1);
        assertThat(figures.sessions().refused()).containsOnly(Map.entry("550", 2L), Map.entry("none", 1L));
    }

    private static MailEvent.Builder event(MailEvent.Type type, int recipients) {
        return MailEvent.builder(type, "mail.contoso.com")
                .recipients(Collections.nCopies(recipients, "bob@fabrikam.com"))
                .organization(CONTOSO)
                .connector(PARTNER);
    }
}
