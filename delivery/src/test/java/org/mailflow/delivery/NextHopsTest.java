package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.SmartHost;
import org.mailflow.testing.dns.DnsFault;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpSink;
import org.xbill.DNS.SimpleResolver;

class NextHopsTest {

    private LoopbackDns dns;
    private NextHops hops;

    @BeforeEach
    void start() throws IOException {
        dns = LoopbackDns.start();
        dns.mx("fabrikam.com", 20, "backup.fabrikam.com")
                .mx("fabrikam.com", 10, "mail.fabrikam.com")
                .a("mail.fabrikam.com", "192.0.2.1")
                .aaaa("mail.fabrikam.com", "2001:db8::1")
                .a("backup.fabrikam.com", "192.0.2.2")
                .a("bare.example", "192.0.2.3")
                .mx("null.example", 0, ".")
                .txt("empty.example", "no mail here")
                .mx("dangling.example", 10, "nowhere.example")
                .mx("half.example", 10, "flaky.example")
                .mx("half.example", 20, "bare.example")
                .fail("flaky.example", DnsFault.SERVFAIL)
                .fail("broken.example", DnsFault.SERVFAIL);
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(Duration.ofSeconds(2));
        hops = new NextHops(new DnsNames(resolver));
    }

    @AfterEach
    void close() {
        dns.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fabrikam.com     | mail.fabrikam.com[192.0.2.1]:25 mail.fabrikam.com[2001:db8::1]:25 backup.fabrikam.com[192.0.2.2]:25",
                "bare.example     | bare.example[192.0.2.3]:25",
                "half.example     | bare.example[192.0.2.3]:25",
                "192.0.2.9        | [192.0.2.9]:25",
                "[IPv6:2001:db8::9] | [2001:db8::9]:25"
            })
    void findsTheMxHostsOfADomainInOrder(String domain, String expected) {
        assertThat(hops.ofDomain(domain, 25).hops())
                .extracting(Hop::toString)
                .isEqualTo(Arrays.asList(expected.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"nobody.example,   550 5.4.310", "empty.example,    550 5.4.310", "null.example,     556 5.1.10"})
    void returnsMailForADomainThatCertainlyTakesNone(String domain, String error) {
        NextHops.Found found = hops.ofDomain(domain, 25);

        assertThat(found.hops()).isEmpty();
        assertThat(found.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble).isInstanceOf(Outcome.Failed.class);
            assertThat(trouble.text()).startsWith(error);
        });
    }

    @ParameterizedTest
    @CsvSource({"broken.example", "flaky.example", "dangling.example"})
    void waitsWhereDnsCannotTell(String domain) {
        NextHops.Found found = hops.ofDomain(domain, 25);

        assertThat(found.hops()).isEmpty();
        assertThat(found.trouble()).containsInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void takesSmartHostsInTheOrderOfTheConfiguration() {
        List<SmartHost> configured = List.of(
                SmartHost.parse("[192.0.2.50]"),
                SmartHost.parse("fabrikam.com"),
                SmartHost.parse("bare.example:2525"),
                SmartHost.parse("[2001:db8::5]:26"));

        assertThat(hops.ofSmartHosts(configured, 587).hops())
                .extracting(Hop::toString)
                .containsExactly(
                        "[192.0.2.50]:587",
                        "mail.fabrikam.com[192.0.2.1]:587",
                        "mail.fabrikam.com[2001:db8::1]:587",
                        "backup.fabrikam.com[192.0.2.2]:587",
                        "bare.example[192.0.2.3]:2525",
                        "[2001:db8::5]:26");
    }

    @ParameterizedTest
    @CsvSource({"nobody.example", "nobody.example:25", "broken.example", "null.example"})
    void neverReturnsMailForASlipInTheConfiguration(String host) {
        NextHops.Found found = hops.ofSmartHosts(List.of(SmartHost.parse(host)), 25);

        assertThat(found.hops()).isEmpty();
        assertThat(found.trouble()).containsInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void deliversByMxAMailPerDomain() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab lab = new Lab().dns(dns.address())) {
            dns.mx("one.example", 10, "sink.example")
                    .mx("two.example", 10, "sink.example")
                    .a("sink.example", "127.0.0.1");
            lab.settings = lab.settings.with("bounces", sink.port(), 4);
            lab.start();

            lab.running().deliverByMx(Lab.mail("a@one.example", "b@two.example", "c@one.example", "d@nobody.example"));

            lab.await(MailEvent.Type.DELIVERED, 2);
            lab.awaitSpool(1);
            assertThat(sink.received())
                    .extracting(mail -> mail.recipientAddresses())
                    .containsExactlyInAnyOrder(List.of("a@one.example", "c@one.example"), List.of("b@two.example"));
            assertThat(lab.spool.get(0).recipients()).containsExactly("d@nobody.example");
            assertThat(lab.events(MailEvent.Type.DELIVERED).get(0).peer().orElse(""))
                    .isEqualTo("sink.example[127.0.0.1]:" + sink.port());
        }
    }
}
