package org.mailflow.assembly.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailflow.assembly.demo.DemoCase.CHRIS;
import static org.mailflow.assembly.demo.DemoCase.DAVID;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.tls.TlsSession;

class FlowJudgeTest {
    private static final List<String> BOTH = List.of(CHRIS, DAVID);
    private static final Optional<TlsSession> TLS = Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384"));

    private final DemoCase made = DemoCase.passing();

    @Test
    void findsNothingWrongWithTheRightWay() {
        assertThat(made.reasons()).isEmpty();
    }

    @Test
    void missesACopy() {
        made.arrivals.remove(0);

        assertThat(made.reasons()).containsExactly("no copy arrived in the mailbox of " + DAVID + ", cloud");
    }

    @Test
    void refusesACopyTooMany() {
        made.arrivals.add(made.arrivals.get(0));

        assertThat(made.reasons()).containsExactly("a copy too many is in the mailbox of " + DAVID + ", cloud");
    }

    @Test
    void refusesAHopTooMany() {
        made.handedOn(Place.ON_PREMISES, "cloud.contoso.com[127.0.0.3]:2525", "verified [cloud.contoso.com]", BOTH);
        made.received(Place.ON_PREMISES, "Mail0", "127.0.0.9", "no certificate", Optional.empty(), BOTH);
        made.arrivals.clear();
        made.arrived(
                Place.CLOUD,
                DAVID,
                DemoCase.header("127.0.0.2", "cloud.contoso.com", "Mail1", TLS),
                DemoCase.header("127.0.0.9", "mail.contoso.com", "Mail0", TLS));

        assertThat(made.reasons()).anySatisfy(reason -> assertThat(reason)
                .contains("went [internet -> on-premises, on-premises -> cloud], not [internet -> cloud]"));
    }

    @Test
    void refusesADeliveryThatNoCopyShows() {
        made.handedOn(Place.CLOUD, "mail.contoso.com[127.0.0.2]:2525", "verified [mail.contoso.com]", List.of(DAVID));

        assertThat(made.reasons()).singleElement().asString().contains("the logs tell of 2 deliveries");
    }

    @Test
    void wantsBothEndsOfTheHybridHopToProveTheirNames() {
        MailEvent stranger = DemoCase.event(MailEvent.Type.RECEIVED, List.of(CHRIS))
                .mailId("Mail2")
                .peer("127.0.0.3")
                .peerIdentity("no certificate")
                .build();
        made.atOnPremises.set(0, stranger);

        assertThat(made.reasons())
                .containsExactly("cloud -> on-premises: the client was not identified, but is no certificate");
    }

    @Test
    void wantsTheMailToBeSplitByRecipient() {
        made.atCloud.removeIf(event -> event.type() == MailEvent.Type.DELIVERED);
        made.atOnPremises.clear();
        made.handedOn(Place.CLOUD, "mail.contoso.com[127.0.0.2]:2525", "verified [mail.contoso.com]", BOTH);
        made.received(
                Place.ON_PREMISES,
                "Mail2",
                "127.0.0.3",
                "verified [cloud.contoso.com]",
                Optional.of("From the cloud"),
                BOTH);

        assertThat(made.reasons())
                .containsExactly(
                        "cloud -> on-premises was for [" + CHRIS + ", " + DAVID + "], not for [" + CHRIS + "]");
    }

    @Test
    void tellsWhyAServerDidNotDeliver() {
        made.record(
                Place.CLOUD,
                DemoCase.event(MailEvent.Type.DEFERRED, List.of(CHRIS))
                        .connector(Optional.of("To on-premises"))
                        .reply("451 4.7.5 the certificate does not name wrong.contoso.com")
                        .build());

        assertThat(made.reasons())
                .containsExactly("cloud could not deliver it now to " + CHRIS
                        + " by connector To on-premises: 451 4.7.5 the certificate does not name wrong.contoso.com");
    }
}
