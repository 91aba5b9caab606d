package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;
import org.mailflow.testing.smtp.EnvelopePath;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SinkRule;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

/**
 * Whatever hosts answer, each recipient is delivered, deferred or failed, and delivered is who is in the mail that exactly one
 * host took: against a model of what the words of RFC 5321 mean, over real sockets.
 */
class RandomScriptsTest {

    private static final int SCRIPTS = 10_000;
    private static final long SEED = 20_261_128;

    /** What a host does at a stage. */
    private enum Act {
        ACCEPT(""),
        LATER("451 4.3.0 later"),
        NEVER("550 5.7.1 never"),
        /** RFC 5321, 4.5.3.1.10: to RCPT it means "later". */
        TOO_MANY("552 5.5.3 too many"),
        CLOSING("421 4.3.2 closing"),
        HANG_UP("");

        private final String reply;

        Act(String reply) {
            this.reply = reply;
        }

        void tell(SinkRule rule) {
            if (this == HANG_UP) {
                rule.close();
            } else if (this != ACCEPT) {
                rule.reply(reply);
            }
        }

        boolean endsSession() {
            return this == CLOSING || this == HANG_UP;
        }
    }

    private enum Fate {
        OPEN,
        DELIVERED,
        IN_DOUBT,
        FAILED
    }

    private record Script(Act connect, Act mail, List<Act> recipients, Act data, Act end) {

        void tell(SmtpSink host) {
            host.behave();
            connect.tell(host.on(SmtpStage.CONNECT));
            mail.tell(host.on(SmtpStage.MAIL));
            for (int i = 0; i < recipients.size(); i++) {
                recipients.get(i).tell(host.on(SmtpStage.RCPT).containing("<r" + i + "@"));
            }
            data.tell(host.on(SmtpStage.DATA));
            end.tell(host.on(SmtpStage.END_OF_DATA));
        }

        /** What this host makes of those that are open. */
        void model(Map<Integer, Fate> fates) {
            List<Integer> open = fates.keySet().stream()
                    .filter(recipient -> fates.get(recipient) == Fate.OPEN)
                    .toList();
            if (open.isEmpty() || connect != Act.ACCEPT) {
                return;
            }
            if (mail != Act.ACCEPT) {
                open.forEach(recipient -> fates.put(recipient, mail == Act.NEVER ? Fate.FAILED : Fate.OPEN));
                return;
            }
            List<Integer> accepted = new ArrayList<>();
            for (int recipient : open) {
                Act act = recipients.get(recipient);
                if (act.endsSession()) {
                    return;
                }
                if (act == Act.ACCEPT) {
                    accepted.add(recipient);
                } else if (act == Act.NEVER) {
                    fates.put(recipient, Fate.FAILED);
                }
            }
            Fate fate = data == Act.ACCEPT
                    ? switch (end) {
                        case ACCEPT -> Fate.DELIVERED;
                        case NEVER -> Fate.FAILED;
                        case HANG_UP -> Fate.IN_DOUBT;
                        default -> Fate.OPEN;
                    }
                    : data == Act.NEVER ? Fate.FAILED : Fate.OPEN;
            accepted.forEach(recipient -> fates.put(recipient, fate));
        }
    }

    private final List<SmtpSink> hosts = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KeptSessions sessions = new KeptSessions();
    private final Hosts standings = new Hosts(Clock.systemUTC(), connector -> {});

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < 3; i++) {
            hosts.add(SmtpSink.start());
        }
    }

    @AfterEach
    void close() {
        sessions.close();
        timer.shutdownNow();
        hosts.forEach(SmtpSink::close);
    }

    private ConnectorPolicy policy(int hostCount, int mailsPerConnection) {
        Mailflow mailflow = SampleFlow.contoso()
                .limits(new OutboundLimits(20, 20, 1_000, List.of(Duration.ofMinutes(1))))
                .outbound(SampleConnector.named("Fabrikam")
                        .smartHosts(hosts.stream()
                                .limit(hostCount)
                                .map(host -> "[127.0.0.1]:" + host.port())
                                .toArray(String[]::new))
                        .client(new OutboundClient(
                                OptionalInt.empty(),
                                mailsPerConnection,
                                Duration.ofSeconds(5),
                                Optional.empty(),
                                List.of(),
                                false)))
                .snapshot(1);
        Organization contoso = mailflow.organizations().get(0);
        return ConnectorPolicy.of(
                mailflow,
                contoso,
                contoso.outboundConnectors().named("Fabrikam").orElseThrow());
    }

    private Map<Integer, Fate> run(ConnectorPolicy policy, List<Script> scripts, MailImpl mail) throws Exception {
        hosts.forEach(SmtpSink::forget);
        for (int i = 0; i < scripts.size(); i++) {
            scripts.get(i).tell(hosts.get(i));
        }
        Map<MailAddress, Attempt.Result> results = new Attempt(
                        policy,
                        DeliverySettings.DEFAULT,
                        new FixedNames(),
                        timer,
                        sessions,
                        standings,
                        DeliveryMeter.none())
                .run(mail);

        Map<Integer, Fate> fates = new LinkedHashMap<>();
        results.forEach((recipient, result) -> fates.put(number(recipient.asString()), fate(result.outcome())));
        return fates;
    }

    private static int number(String address) {
        return Integer.parseInt(address.substring(1, address.indexOf('@')));
    }

    private static Fate fate(Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            return Fate.DELIVERED;
        }
        if (outcome instanceof Outcome.Failed) {
            return Fate.FAILED;
        }
        return outcome instanceof Outcome.Deferred deferred && !deferred.elsewhere() ? Fate.IN_DOUBT : Fate.OPEN;
    }

    /** Whom some host has the mail for, each as often as hosts have it. */
    private List<Integer> taken() {
        return hosts.stream()
                .flatMap(host -> host.received().stream())
                .map(ReceivedMail::recipients)
                .flatMap(List::stream)
                .map(EnvelopePath::address)
                .map(RandomScriptsTest::number)
                .sorted()
                .toList();
    }

    private static MailImpl mail(int recipients, boolean withDsn) throws Exception {
        MailImpl mail = Lab.mail(IntStream.range(0, recipients)
                .mapToObj(i -> "r" + i + "@fabrikam.com")
                .toArray(String[]::new));
        if (withDsn) {
            ImmutableMap.Builder<MailAddress, RecipientDsnParameters> wishes = ImmutableMap.builder();
            for (int i = 0; i < recipients; i++) {
                wishes.put(
                        Lab.address("r" + i + "@fabrikam.com"),
                        RecipientDsnParameters.of(
                                i % 2 == 0 ? EnumSet.of(Notify.SUCCESS, Notify.FAILURE) : EnumSet.of(Notify.NEVER)));
            }
            mail.setDsnParameters(
                    DsnParameters.of(Optional.empty(), Optional.of(DsnParameters.Ret.HDRS), wishes.build())
                            .orElseThrow());
        }
        return mail;
    }

    private void check(String which, ConnectorPolicy policy, List<Script> scripts, MailImpl mail) throws Exception {
        Map<Integer, Fate> expected = new HashMap<>();
        IntStream.range(0, mail.getRecipients().size()).forEach(i -> expected.put(i, Fate.OPEN));
        scripts.forEach(script -> script.model(expected));

        Map<Integer, Fate> fates = run(policy, scripts, mail);

        assertThat(fates).as("%s: %s", which, scripts).isEqualTo(expected);
        assertThat(taken())
                .as("%s: %s", which, scripts)
                .isEqualTo(expected.keySet().stream()
                        .filter(recipient -> expected.get(recipient) == Fate.DELIVERED)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void threeRecipientsFareEachForItselfInAllMixesOfReplies(int hostCount, boolean withDsn) throws Exception {
        List<Act> acts = List.of(Act.ACCEPT, Act.LATER, Act.NEVER);
        ConnectorPolicy policy = policy(hostCount, 100);
        for (int mix = 0; mix < 27; mix++) {
            List<Act> replies = List.of(acts.get(mix % 3), acts.get(mix / 3 % 3), acts.get(mix / 9));
            Script same = new Script(Act.ACCEPT, Act.ACCEPT, replies, Act.ACCEPT, Act.ACCEPT);
            Script others = new Script(
                    Act.ACCEPT, Act.ACCEPT, List.of(Act.ACCEPT, Act.NEVER, Act.LATER), Act.ACCEPT, Act.ACCEPT);

            check(
                    "mix " + mix,
                    policy,
                    Stream.of(same, others, same).limit(hostCount).toList(),
                    mail(3, withDsn));
        }
    }

    @Test
    void eachRecipientIsDeliveredDeferredOrFailedOnceWhateverHostsSay() throws Exception {
        Random random = new Random(SEED);
        List<ConnectorPolicy> fresh = List.of(policy(1, 1), policy(2, 1), policy(3, 1));
        List<ConnectorPolicy> kept = List.of(policy(1, 100), policy(2, 100), policy(3, 100));
        for (int number = 0; number < SCRIPTS; number++) {
            // In a session that is kept nobody is greeted.
            boolean greets = random.nextBoolean();
            int hostCount = 1 + random.nextInt(3);
            int recipients = 1 + random.nextInt(4);
            List<Script> scripts = new ArrayList<>();
            for (int i = 0; i < hostCount; i++) {
                scripts.add(new Script(
                        greets ? any(random, 8, Act.LATER, Act.NEVER, Act.CLOSING, Act.HANG_UP) : Act.ACCEPT,
                        any(random, 6, Act.LATER, Act.NEVER, Act.CLOSING, Act.HANG_UP),
                        IntStream.range(0, recipients)
                                .mapToObj(j ->
                                        any(random, 2, Act.LATER, Act.NEVER, Act.TOO_MANY, Act.CLOSING, Act.HANG_UP))
                                .toList(),
                        any(random, 6, Act.LATER, Act.NEVER, Act.CLOSING, Act.HANG_UP),
                        any(random, 4, Act.LATER, Act.NEVER, Act.HANG_UP)));
            }

            check(
                    "script " + number + " of seed " + SEED,
                    (greets ? fresh : kept).get(hostCount - 1),
                    scripts,
                    mail(recipients, random.nextBoolean()));
        }
    }

    /** One of these in some cases, and ACCEPT in all others. */
    private static Act any(Random random, int oneIn, Act... others) {
        return random.nextInt(oneIn) == 0 ? others[random.nextInt(others.length)] : Act.ACCEPT;
    }
}
