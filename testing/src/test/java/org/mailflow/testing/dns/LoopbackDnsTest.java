package org.mailflow.testing.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class LoopbackDnsTest {
    @SuppressWarnings("NullAway.Init")
    private LoopbackDns dns;

    @BeforeEach
    void start() throws IOException {
        dns = LoopbackDns.start();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void answersWithEveryRecordOfTheType() throws IOException {
        dns.mx("contoso.com", 10, "mx1.contoso.com").mx("contoso.com.", 20, "mx2.contoso.com");
        dns.a("mx1.contoso.com", "127.0.0.2").aaaa("mx1.contoso.com", "::1");
        dns.txt("contoso.com", "v=spf1 -all");
        dns.add("_25._tcp.mx1.contoso.com", "TLSA", "3 1 1 " + "ab".repeat(32));

        assertThat(data(ask("contoso.com", Type.MX)))
                .containsExactlyInAnyOrder("10 mx1.contoso.com.", "20 mx2.contoso.com.");
        assertThat(data(ask("MX1.Contoso.COM", Type.A))).containsExactly("127.0.0.2");
        assertThat(data(ask("mx1.contoso.com", Type.AAAA))).containsExactly("0:0:0:0:0:0:0:1");
        assertThat(data(ask("contoso.com", Type.TXT))).containsExactly("\"v=spf1 -all\"");
        assertThat(data(ask("_25._tcp.mx1.contoso.com", Type.TLSA))).hasSize(1);
    }

    @Test
    void tellsNoSuchNameFromNoSuchRecord() throws IOException {
        dns.a("mail.deep.contoso.com", "127.0.0.2");

        assertThat(ask("mail.deep.contoso.com", Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("deep.contoso.com", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("other.contoso.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask("other.contoso.com", Type.A).getSection(Section.AUTHORITY))
                .hasSize(1);
    }

    @Test
    void followsAliasesAndWildcards() throws IOException {
        dns.add("www.contoso.com", "CNAME", "web.contoso.com").a("web.contoso.com", "127.0.0.3");
        dns.a("*.fabrikam.com", "127.0.0.4");
        dns.add("loop.test", "CNAME", "loop.test");

        assertThat(data(ask("www.contoso.com", Type.A))).containsExactly("web.contoso.com.", "127.0.0.3");
        Message wildcard = ask("any.name.fabrikam.com", Type.A);
        assertThat(data(wildcard)).containsExactly("127.0.0.4");
        assertThat(wildcard.getSection(Section.ANSWER).get(0).getName()).hasToString("any.name.fabrikam.com.");
        assertThat(ask("loop.test", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void seesChangesAtOnce() throws IOException {
        dns.a("mail.contoso.com", "127.0.0.2");
        assertThat(data(ask("mail.contoso.com", Type.A))).containsExactly("127.0.0.2");

        dns.remove("mail.contoso.com", "A").a("mail.contoso.com", "127.0.0.3");

        assertThat(data(ask("mail.contoso.com", Type.A))).containsExactly("127.0.0.3");
        dns.remove("mail.contoso.com", "ANY");
        assertThat(ask("mail.contoso.com", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL, 2", "NXDOMAIN, 3", "REFUSED, 5"})
    void failsAsToldUntilHealed(DnsFault fault, int rcode) throws IOException {
        dns.a("mail.contoso.com", "127.0.0.2");

        dns.fail("mail.contoso.com", fault);

        Message failed = ask("mail.contoso.com", Type.A);
        assertThat(failed.getRcode()).isEqualTo(rcode);
        assertThat(failed.getSection(Section.ANSWER)).isEmpty();
        dns.heal("mail.contoso.com");
        assertThat(ask("mail.contoso.com", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void failsForOneTypeOnly() throws IOException {
        dns.a("mail.contoso.com", "127.0.0.2").fail("mail.contoso.com", "AAAA", DnsFault.SERVFAIL);

        assertThat(ask("mail.contoso.com", Type.AAAA).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(ask("mail.contoso.com", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void leavesATimeOutUnansweredButLogged() {
        dns.fail("slow.test", DnsFault.TIMEOUT);

        assertThatThrownBy(() -> ask("slow.test", Type.MX, Duration.ofMillis(200)))
                .isInstanceOfAny(SocketTimeoutException.class, IOException.class);
        assertThat(dns.queries()).containsExactly(new DnsQuery("slow.test", "MX", false));
    }

    @Test
    void sendsTheClientToTcpWhenTruncated() throws IOException {
        dns.a("mail.contoso.com", "127.0.0.2").fail("mail.contoso.com", DnsFault.TRUNCATED);

        Message answer = ask("mail.contoso.com", Type.A);

        assertThat(data(answer)).containsExactly("127.0.0.2");
        assertThat(dns.queries()).extracting(DnsQuery::overTcp).containsExactly(false, true);
    }

    @Test
    void truncatesWhatIsTooLongForUdp() throws IOException {
        for (int i = 1; i <= 200; i++) {
            dns.a("many.test", "127.0.1." + i);
        }

        Message answer = ask("many.test", Type.A);

        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(data(answer)).hasSize(200);
        assertThat(dns.queries()).extracting(DnsQuery::overTcp).containsExactly(false, true);
        dns.forgetQueries();
        assertThat(dns.queries()).isEmpty();
    }

    @Test
    void splitsLongText() throws IOException {
        dns.txt("long.test", "x".repeat(300));

        assertThat(data(ask("long.test", Type.TXT)))
                .containsExactly("\"" + "x".repeat(255) + "\" \"" + "x".repeat(45) + "\"");
    }

    @Test
    void refusesWhatIsNoRecordAndWhatIsNotLoopback() {
        assertThatThrownBy(() -> dns.a("mail.contoso.com", "mail.contoso.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mail.contoso.com A");
        assertThatThrownBy(() -> dns.add("a.test", "NONSENSE", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NONSENSE");
        assertThatThrownBy(() -> LoopbackDns.start(InetAddress.getByName("192.0.2.1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Message ask(String name, int type) throws IOException {
        return ask(name, type, Duration.ofSeconds(10));
    }

    private Message ask(String name, int type, Duration limit) throws IOException {
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(limit);
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN)));
    }

    private static List<String> data(Message message) {
        return message.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }
}
