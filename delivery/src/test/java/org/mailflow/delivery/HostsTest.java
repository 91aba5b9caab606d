package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.model.SmartHostAuthentication;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.operation.HostFigures;
import org.mailflow.core.operation.HostFigures.State;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

/** Smart hosts and MX hosts in trouble, over real sockets. */
class HostsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Lab lab = new Lab();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        lab.close();
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private SmtpSink sink() throws Exception {
        SmtpSink sink = SmtpSink.start();
        opened.add(sink);
        return sink;
    }

    private static String at(SmtpSink sink) {
        return "[127.0.0.1]:" + sink.port();
    }

    private static OutboundLimits limits(int perHost, int threshold, Duration pause) {
        return new OutboundLimits(20, perHost, threshold, List.of(pause));
    }

    private static OutboundClient atOnce(int mails) {
        return new OutboundClient(
                OptionalInt.of(mails), 100, Duration.ofSeconds(5), Optional.empty(), List.of(), false);
    }

    private static SampleConnector to(String... hosts) {
        return SampleConnector.named("Fabrikam").smartHosts(hosts).retry(Duration.ofHours(1), Duration.ofSeconds(1));
    }

    private void send(int mails) throws MessagingException {
        for (int i = 0; i < mails; i++) {
            lab.send("Fabrikam", "bob" + i + "@fabrikam.com");
        }
    }

    private HostFigures host(SmtpSink sink) {
        return lab.running().hosts().stream()
                .filter(figures -> figures.host().equals(at(sink)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(lab.running().hosts().toString()));
    }

    @Test
    void aHostInTroubleIsLeftAloneAndMailIsDeferredAtOnceWithItsLastTrouble() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.CONNECT).reply("421 4.3.2 closing");
        lab.flow.limits(limits(20, 3, Duration.ofMinutes(5)));
        lab.outbound(to(at(host)).retry(Duration.ofHours(1), Duration.ofMinutes(10)))
                .start();
        for (int i = 1; i <= 3; i++) {
            send(1);
            lab.await(MailEvent.Type.DEFERRED, i);
        }

        send(20);

        List<MailEvent> deferred = lab.await(MailEvent.Type.DEFERRED, 23);
        assertThat(host.connections()).isEqualTo(3);
        assertThat(deferred.get(22).reply()).contains("greeting 421 4.3.2 closing");
        assertThat(host(host)).satisfies(figures -> {
            assertThat(figures.connector()).isEqualTo("contoso/Fabrikam");
            assertThat(figures.state()).isEqualTo(State.LEFT_ALONE);
            assertThat(figures.reason()).contains("greeting 421 4.3.2 closing");
            assertThat(figures.until()).isPresent();
            assertThat(figures.sessions()).isZero();
        });
    }

    @Test
    void aHostThatIsBackIsFoundByOneMailAndHasMoreAndMoreThenAndWaitingMailIsBroughtForward() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.CONNECT).times(2).reply("421 4.3.2 closing");
        host.on(SmtpStage.MAIL).after(Duration.ofMillis(50)).proceed();
        lab.flow.limits(limits(4, 2, SECOND));
        lab.outbound(to(at(host)).client(atOnce(1)).retry(Duration.ofDays(2), Duration.ofHours(1)))
                .start();
        send(8);
        lab.await(MailEvent.Type.DEFERRED, 8);

        Awaitility.await()
                .atMost(Lab.SOON)
                .until(() -> host(host).until().orElseThrow().isBefore(Instant.now()));
        send(1);

        lab.await(MailEvent.Type.DELIVERED, 9);
        assertThat(host.received()).hasSize(9);
        assertThat(lab.running().hosts()).isEmpty();
    }

    @Test
    void oneDeadHostAmongTwoDoesNotSlowTheOther() throws Exception {
        SmtpSink alive = sink();
        try (ServerSocket dead = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            lab.settings = quick(Duration.ofMillis(500));
            lab.flow.limits(limits(20, 3, Duration.ofMinutes(5)));
            lab.outbound(to("[127.0.0.1]:" + dead.getLocalPort(), at(alive))).start();

            send(100);

            lab.await(MailEvent.Type.DELIVERED, 100);
            assertThat(alive.received()).hasSize(100);
            // 100 mails that each waited for half a second at the dead host would take 12 s with four at once.
            assertThat(lab.running().hosts())
                    .filteredOn(host -> host.state() == State.LEFT_ALONE)
                    .hasSize(1);
        }
    }

    private DeliverySettings quick(Duration command) {
        return new DeliverySettings(
                "bounces",
                4,
                lab.settings.mxPort(),
                new Timeouts(command, command, command, command),
                10,
                Duration.ofSeconds(1));
    }

    @Test
    void aRefusalOfAMailIsNoTroubleOfTheHost() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.RCPT).reply("450 4.2.0 greylisted");
        lab.flow.limits(limits(20, 2, Duration.ofMinutes(5)));
        lab.outbound(to(at(host)).retry(Duration.ofDays(2), Duration.ofHours(1)))
                .start();

        send(10);

        lab.await(MailEvent.Type.DEFERRED, 10);
        assertThat(host.commands().stream().filter(command -> command.line().startsWith("RCPT")))
                .hasSize(10);
        assertThat(lab.running().hosts()).isEmpty();
    }

    @Test
    void aPasswordThatIsRefusedIsNotTriedWithEveryMail() throws Exception {
        SmtpSink host = SmtpSink.builder().capabilities("AUTH PLAIN").start();
        opened.add(host);
        host.on(SmtpStage.OTHER).containing("AUTH").reply("535 5.7.8 Wrong password");
        lab.outbound(to(at(host))
                        .client(new OutboundClient(
                                OptionalInt.of(1),
                                100,
                                Duration.ofSeconds(5),
                                Optional.of(new SmartHostAuthentication(false, "relay", "secret")),
                                List.of(),
                                false))
                        .retry(Duration.ofDays(2), Duration.ofHours(1)))
                .start();

        send(10);

        lab.await(MailEvent.Type.DEFERRED, 10);
        assertThat(host.connections()).isEqualTo(1);
        assertThat(host(host).refusesAccount()).isTrue();
        assertThat(lab.spool).isEmpty();
    }

    @Test
    void aReloadLetsAHostBeAskedAgainAtOnce() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.CONNECT).times(1).reply("421 4.3.2 closing");
        lab.flow.limits(limits(20, 1, Duration.ofHours(5)));
        lab.outbound(to(at(host)).retry(Duration.ofDays(2), Duration.ofHours(1)))
                .start();
        send(1);
        lab.await(MailEvent.Type.DEFERRED, 1);

        lab.reload();
        send(1);

        lab.await(MailEvent.Type.DELIVERED, 2);
    }

    @Test
    void aHostHasNoMoreSessionsThanItMayHave() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.MAIL).after(Duration.ofMillis(20)).proceed();
        lab.flow.limits(limits(2, 5, SECOND));
        lab.outbound(to(at(host)).client(atOnce(10))).start();

        send(30);

        lab.await(MailEvent.Type.DELIVERED, 30);
        assertThat(host.connections()).isLessThanOrEqualTo(2);
        assertThat(lab.events(MailEvent.Type.DEFERRED)).isEmpty();
    }

    @Test
    void aConnectorHasNoMoreSessionsThanItsBudgetAfterAReloadToo() throws Exception {
        SmtpSink host = sink();
        host.on(SmtpStage.MAIL).after(Duration.ofMillis(20)).proceed();
        lab.outbound(to(at(host)).client(atOnce(1))).start();
        send(10);
        lab.await(MailEvent.Type.DELIVERED, 10);
        int before = host.connections();

        lab.outbound(to(at(host)).client(atOnce(6)));
        lab.reload();
        send(60);
        lab.await(MailEvent.Type.DELIVERED, 70);

        assertThat(before).isEqualTo(1);
        assertThat(host.connections() - before).isBetween(2, 6);
    }

    @Test
    void aHostThatSaysNothingHoldsUpNoOtherConnector() throws Exception {
        SmtpSink host = sink();
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            lab.outbound(SampleConnector.named("Slow").smartHosts("[127.0.0.1]:" + silent.getLocalPort()))
                    .outbound(to(at(host)))
                    .start();
            for (int i = 0; i < 50; i++) {
                lab.send("Slow", "bob" + i + "@slow.example");
            }

            send(50);

            // The host that says nothing is cut off after ten seconds; nobody waits for that.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> host.received().size() == 50);
        }
    }

    @Test
    void hostsShareTheMailInTurn() throws Exception {
        List<SmtpSink> hosts = List.of(sink(), sink(), sink());
        lab.outbound(to(hosts.stream().map(HostsTest::at).toArray(String[]::new))
                        .selection(SmartHostSelection.ROUND_ROBIN))
                .start();

        send(30);

        lab.await(MailEvent.Type.DELIVERED, 30);
        assertThat(hosts).allSatisfy(host -> assertThat(host.received()).hasSize(10));
    }

    @Test
    void hostsShareTheMailByWeight() throws Exception {
        SmtpSink large = sink();
        SmtpSink small = sink();
        SmtpSink spare = sink();
        lab.outbound(to(at(large) + ";9", at(small) + ";1", at(spare) + ";0").selection(SmartHostSelection.WEIGHTED))
                .start();

        send(300);

        lab.await(MailEvent.Type.DELIVERED, 300);
        assertThat(large.received().size()).isBetween(235, 299);
        assertThat(small.received()).hasSize(300 - large.received().size());
        assertThat(spare.connections()).isZero();
    }

    @Test
    void oneDomainThatTarpitsHoldsUpNoneOfNineOthers() throws Exception {
        SmtpSink good = sink();
        try (LoopbackDns dns = LoopbackDns.start();
                ServerSocket tarpit = new ServerSocket(good.port(), 200, InetAddress.getByName("127.0.0.2"))) {
            assertThat(tarpit.isBound()).isTrue();
            dns.mx("slow.example", 10, "tarpit.example").a("tarpit.example", "127.0.0.2");
            IntStream.range(0, 9).forEach(i -> dns.mx("domain" + i + ".example", 10, "good.example"));
            dns.a("good.example", "127.0.0.1");
            lab.dns(dns.address());
            lab.settings = lab.settings.with("bounces", good.port(), 4);
            lab.start();

            for (int i = 0; i < 150; i++) {
                lab.running().deliverByMx(Lab.mail("bob" + i + "@slow.example"));
            }
            for (int i = 0; i < 90; i++) {
                lab.running().deliverByMx(Lab.mail("bob" + i + "@domain" + i % 9 + ".example"));
            }

            // The host that says nothing is cut off after ten seconds; nobody waits for that.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> good.received().size() == 90);
            assertThat(lab.events(MailEvent.Type.DEFERRED)).isEmpty();
            // In the queue or in hand. At its end James' queue in memory may lose the one that it was just handing out.
            ManageableMailQueue queue = lab.queues.getQueue(QueueNames.MX).orElseThrow();
            Awaitility.await().untilAsserted(() -> assertThat(queue.getSize()).isEqualTo(150));
            lab.close();
            assertThat(waiting(QueueNames.MX)).doesNotHaveDuplicates();
        }
    }

    private List<String> waiting(MailQueueName queue) {
        List<String> recipients = new ArrayList<>();
        lab.queues.getQueue(queue).orElseThrow().browse().forEachRemaining(view -> view.getMail()
                .getRecipients()
                .forEach(recipient -> recipients.add(recipient.asString())));
        return recipients;
    }

    @Test
    void manyDomainsAtOneHostThatTarpitsHoldUpNoOther() throws Exception {
        SmtpSink good = sink();
        try (LoopbackDns dns = LoopbackDns.start();
                ServerSocket tarpit = new ServerSocket(good.port(), 200, InetAddress.getByName("127.0.0.2"))) {
            assertThat(tarpit.isBound()).isTrue();
            IntStream.range(0, 50).forEach(i -> dns.mx("slow" + i + ".example", 10, "tarpit.example"));
            dns.a("tarpit.example", "127.0.0.2");
            dns.mx("fast.example", 10, "good.example").a("good.example", "127.0.0.1");
            lab.dns(dns.address());
            lab.settings = lab.settings.with("bounces", good.port(), 4);
            lab.start();

            for (int i = 0; i < 50; i++) {
                lab.running().deliverByMx(Lab.mail("bob@slow" + i + ".example"));
            }
            for (int i = 0; i < 20; i++) {
                lab.running().deliverByMx(Lab.mail("bob" + i + "@fast.example"));
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> good.received().size() == 20);
        }
    }
}
