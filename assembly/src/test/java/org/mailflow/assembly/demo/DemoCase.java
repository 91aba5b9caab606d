package org.mailflow.assembly.demo;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.smtp.ReceivedHeader;

/** The records of flow F1 as servers would write them, to be spoilt by a test. */
final class DemoCase {
    static final String CHRIS = "chris@contoso.com";
    static final String DAVID = "david@contoso.com";
    static final DemoFlow F1 = DemoFlow.first();

    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384");

    final List<MailEvent> atCloud = new ArrayList<>();
    final List<MailEvent> atOnPremises = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();

    private DemoCase() {}

    /** Everything as it must be. */
    static DemoCase passing() {
        DemoCase made = new DemoCase();
        made.received(Place.CLOUD, "Mail1", "127.0.0.9", "no certificate", Optional.empty(), List.of(CHRIS, DAVID));
        made.handedOn(Place.CLOUD, "mail.contoso.com[127.0.0.2]:2525", "verified [mail.contoso.com]", List.of(CHRIS));
        made.received(
                Place.ON_PREMISES,
                "Mail2",
                "127.0.0.3",
                "verified [cloud.contoso.com]",
                Optional.of("From the cloud"),
                List.of(CHRIS));
        made.arrived(Place.CLOUD, DAVID, header("127.0.0.9", "cloud.contoso.com", "Mail1", Optional.of(TLS)));
        made.arrived(
                Place.ON_PREMISES,
                CHRIS,
                header("127.0.0.3", "mail.contoso.com", "Mail2", Optional.of(TLS)),
                header("127.0.0.9", "cloud.contoso.com", "Mail1", Optional.of(TLS)));
        return made;
    }

    Trace trace() {
        return new Trace(Map.of(Place.CLOUD, atCloud, Place.ON_PREMISES, atOnPremises));
    }

    List<Copy> copies() {
        return arrivals.stream()
                .map(arrival -> HopReader.read(arrival, trace()))
                .toList();
    }

    List<String> reasons() {
        return FlowJudge.judge(F1, copies(), trace());
    }

    void received(
            Place place,
            String mailId,
            String clientIp,
            String identity,
            Optional<String> connector,
            List<String> recipients) {
        record(
                place,
                event(MailEvent.Type.RECEIVED, recipients)
                        .mailId(mailId)
                        .peer(clientIp)
                        .peerIdentity(identity)
                        .connector(connector)
                        .build());
    }

    void handedOn(Place place, String peer, String identity, List<String> recipients) {
        record(
                place,
                event(MailEvent.Type.DELIVERED, recipients)
                        .peer(peer)
                        .peerIdentity(identity)
                        .connector(Optional.of("To on-premises"))
                        .build());
    }

    void record(Place place, MailEvent event) {
        (place == Place.CLOUD ? atCloud : atOnPremises).add(event);
    }

    void arrived(Place place, String address, String... received) {
        arrivals.add(new Arrival(place, address, List.of(received), Optional.empty()));
    }

    static MailEvent.Builder event(MailEvent.Type type, List<String> recipients) {
        return MailEvent.builder(type, "a server")
                .recipients(recipients)
                .tls(Optional.of(TLS.version()), Optional.of(TLS.cipher()));
    }

    static String header(String clientIp, String by, String id, Optional<TlsSession> tls) {
        ReceivedHeader header = new ReceivedHeader(
                "client.example",
                IpAddress.parse(clientIp),
                by,
                tls.isPresent() ? "ESMTPS" : "ESMTP",
                tls,
                "no certificate",
                Optional.empty(),
                id,
                Optional.empty(),
                ZonedDateTime.now(ZoneOffset.UTC));
        return String.join("\r\n", header.lines()).substring("Received:".length());
    }
}
