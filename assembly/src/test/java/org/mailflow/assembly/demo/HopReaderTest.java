package org.mailflow.assembly.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.tls.TlsSession;

class HopReaderTest {
    private final DemoCase made = DemoCase.passing();

    @Test
    void readsTheWayFromTheOldestTraceHeaderOn() {
        Copy chris = made.copies().get(1);

        assertThat(chris.problems()).isEmpty();
        assertThat(chris.hops()).extracting(Hop::toString).containsExactly("internet -> cloud", "cloud -> on-premises");
        Hop last = chris.hops().get(1);
        assertThat(last.tlsVersion()).contains("TLSv1.3");
        assertThat(last.client()).contains("verified [cloud.contoso.com]");
        assertThat(last.server()).contains("verified [mail.contoso.com]");
        assertThat(last.outboundConnector()).contains("To on-premises");
        assertThat(last.inboundConnector()).contains("From the cloud");
    }

    @Test
    void doesNotBelieveAHeaderThatNoLogConfirms() {
        made.atCloud.removeIf(event -> event.type() == MailEvent.Type.RECEIVED);

        assertThat(made.copies().get(0).problems()).singleElement().asString().contains("the log there does not");
    }

    @Test
    void missesTheDeliveryInTheSendersLog() {
        made.atCloud.removeIf(event -> event.type() == MailEvent.Type.DELIVERED);

        assertThat(made.copies().get(1).problems())
                .singleElement()
                .asString()
                .contains("log of cloud knows of no such delivery");
    }

    @Test
    void tellsWhereTheTwoEndsDifferAboutTls() {
        made.arrivals.set(
                0,
                new Arrival(
                        Place.CLOUD,
                        DemoCase.DAVID,
                        List.of(DemoCase.header("127.0.0.9", "cloud.contoso.com", "Mail1", Optional.empty())),
                        Optional.empty()));

        assertThat(made.copies().get(0).problems()).singleElement().asString().contains("TLS version");
    }

    @Test
    void knowsNoServerOutsideOfTheDemo() {
        made.arrivals.clear();
        made.arrived(Place.CLOUD, DemoCase.DAVID, " from x by relay.example with SMTP; a date");

        assertThat(made.copies().get(0).problems())
                .anySatisfy(problem -> assertThat(problem).contains("of no server of the demo"))
                .anySatisfy(problem -> assertThat(problem).contains("end at no server"));
    }

    @Test
    void noticesAStrangersAddress() {
        made.arrivals.clear();
        made.arrived(Place.CLOUD, DemoCase.DAVID, DemoCase.header("127.0.0.77", "cloud.contoso.com", "Mail1", tls()));

        assertThat(made.copies().get(0).problems()).singleElement().asString().contains("nobody's address");
    }

    @Test
    void countsTheConnectionToAServerThatWritesNoTrace() {
        made.handedOn(Place.CLOUD, "mail.cpandl.com[127.0.0.4]:2525", "verified [mail.cpandl.com]", List.of("e@c.com"));
        Arrival arrival = new Arrival(
                Place.CPANDL,
                "e@c.com",
                List.of(DemoCase.header("127.0.0.9", "cloud.contoso.com", "Mail1", tls())),
                Optional.of(new Arrival.Connection(
                        "127.0.0.1", Optional.of("TLSv1.3"), Optional.of("cipher"), List.of("e@c.com"))));

        Copy copy = HopReader.read(arrival, made.trace());

        assertThat(copy.problems()).isEmpty();
        assertThat(copy.hops()).extracting(Hop::toString).containsExactly("internet -> cloud", "cloud -> cpandl.com");
        assertThat(copy.hops().get(1).server()).contains("verified [mail.cpandl.com]");
    }

    private static Optional<TlsSession> tls() {
        return Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384"));
    }
}
