package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

class ReceivedHeaderTest {

    private static final ZonedDateTime DATE = ZonedDateTime.of(2023, 11, 4, 22, 13, 20, 0, ZoneOffset.ofHours(1));
    private static final TlsSession TLS = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384");

    private static ReceivedHeader header(
            String helo, String ip, Optional<TlsSession> tls, String peer, Optional<String> connector) {
        return new ReceivedHeader(
                helo,
                IpAddress.parse(ip),
                "mx.cloud.example",
                tls.isPresent() ? "ESMTPS" : "ESMTP",
                tls,
                peer,
                connector,
                "Mail1-2",
                Optional.of("david@contoso.com"),
                DATE);
    }

    @Test
    void tellsTlsPeerAndConnector() {
        ReceivedHeader header = header(
                "mail.contoso.com",
                "192.0.2.1",
                Optional.of(TLS),
                ReceivedHeader.peer(new PeerIdentity.Verified(List.of("mail.contoso.com", "contoso.com"))),
                Optional.of("From on-premises"));

        assertThat(header.lines())
                .containsExactly(
                        "Received: from mail.contoso.com ([192.0.2.1])",
                        "\tby mx.cloud.example (Mailflow) with ESMTPS",
                        "\t(TLSv1.3 TLS_AES_256_GCM_SHA384; peer verified mail.contoso.com; connector From on-premises)",
                        "\tid Mail1-2 for <david@contoso.com>;",
                        "\tSat, 4 Nov 2023 22:13:20 +0100");
    }

    @Test
    void tellsNothingOfTlsInClearText() {
        assertThat(header("x", "2001:db8::1", Optional.empty(), "no certificate", Optional.empty())
                        .lines())
                .containsExactly(
                        "Received: from x ([IPv6:2001:db8::1])",
                        "\tby mx.cloud.example (Mailflow) with ESMTP",
                        "\tid Mail1-2 for <david@contoso.com>;",
                        "\tSat, 4 Nov 2023 22:13:20 +0100");
    }

    @Test
    void namesAPeerOnlyAsFarAsItIsProven() {
        assertThat(ReceivedHeader.peer(PeerIdentity.none())).isEqualTo("no certificate");
        assertThat(ReceivedHeader.peer(new PeerIdentity.Unverified("expired", List.of("mail.contoso.com"))))
                .isEqualTo("unverified");
        assertThat(ReceivedHeader.peer(new PeerIdentity.Verified(List.of()))).isEqualTo("verified without a name");
    }

    @Property
    void readsWhatItWrote(
            @ForAll("texts") String helo,
            @ForAll("texts") String connector,
            @ForAll("addresses") String ip,
            @ForAll boolean tls,
            @ForAll boolean identified) {
        ReceivedHeader written = header(
                helo,
                ip,
                tls ? Optional.of(TLS) : Optional.empty(),
                tls ? "verified mail.contoso.com" : "no certificate",
                identified ? Optional.of(connector) : Optional.empty());
        String value = String.join("\r\n", written.lines()).substring("Received:".length());

        assertThat(ReceivedHeader.parse(value)).hasValue(written);
        assertThat(value.replace("\r\n\t", "").chars()).allMatch(c -> c >= ' ' && c <= '~');
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300),
                Arbitraries.strings().withChars("();,\"\\<>[] \r\n\tab.").ofMaxLength(20),
                Arbitraries.of(
                        "mail.contoso.com", "[192.0.2.1]", "[IPv6:2001:db8::1]", "x) by evil (Mailflow) with ESMTPS"));
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of("192.0.2.1", "2001:db8::1", "::1", "127.0.0.1");
    }

    @Test
    void readsNobodyElsesHeader() {
        assertThat(ReceivedHeader.parse("from a (a [192.0.2.1]) by b (Postfix) with ESMTPS id 4f; Sat, 4 Nov 2023"))
                .isEmpty();
        assertThat(ReceivedHeader.parse(
                        "from a ([192.0.2.999]) by b (Mailflow) with ESMTP id 4f;" + " Sat, 4 Nov 2023 22:13:20 +0100"))
                .isEmpty();
        assertThat(ReceivedHeader.parse("from a ([192.0.2.1]) by b (Mailflow) with ESMTP id 4f; tomorrow"))
                .isEmpty();
    }
}
