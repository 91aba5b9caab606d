package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;

/**
 * Centralized mail transport and secure mail are switched several times while mail flows through both premises without a
 * pause. Nobody notices but by the way that the next mail takes, and by what the other side knows of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchedUnderLoadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final String SECURE_MAIL = "MAILFLOW_SECURE_MAIL";
    private static final int SWITCHES_OF_EACH = 4;
    /** How many mails of each flow are sent at least between two switches. */
    private static final int MAILS = 3;

    /** Mail is always on its way when a setting changes, yet not so much that the next switch waits for long. */
    private static final int UNDER_WAY = 12;

    private static final Duration POLL = Duration.ofMillis(10);
    private static final int MAILS_OF_A_SESSION = 7;

    /** Mails of one sender to the same recipients, one after the other. */
    private enum Flow {
        FROM_THE_INTERNET_TO_THE_CLOUD(Side.CLOUD, Contoso.ERIN, Contoso.CHRIS, Contoso.DAVID),
        FROM_THE_INTERNET_TO_ON_PREMISES(Side.ON_PREMISES, Contoso.ERIN, Contoso.CHRIS, Contoso.DAVID),
        FROM_THE_CLOUD(Side.CLOUD, Contoso.DAVID, Contoso.CHRIS, Contoso.ERIN),
        FROM_ON_PREMISES(Side.ON_PREMISES, Contoso.CHRIS, Contoso.DAVID);

        private final Side entrance;
        private final String sender;
        private final ImmutableList<String> recipients;

        Flow(Side entrance, String sender, String... recipients) {
            this.entrance = entrance;
            this.sender = sender;
            this.recipients = ImmutableList.copyOf(recipients);
        }
    }

    /** From when a mail was announced until it was answered with 250. */
    private record Sent(Flow flow, TestMail mail, Instant begun, Instant taken) {}

    /** From when the reloads for these settings were answered until the next was asked for. */
    private record Period(Instant begin, Instant end, boolean centralized, boolean secure) {

        boolean contains(Instant time) {
            return !time.isBefore(begin) && !time.isAfter(end);
        }

        boolean contains(Sent sent) {
            return contains(sent.begun()) && contains(sent.taken());
        }
    }

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<Period> periods = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Map<String, Map<Side, List<MailEvent>>> events = new HashMap<>();
    private final ListMultimap<String, String> recipients = ArrayListMultimap.create();
    private final Map<String, MailContent> atDavid = new HashMap<>();
    private TwoPremises premises;

    @BeforeAll
    void switchWhileMailFlows(@TempDir Path directory) throws Exception {
        premises = new TwoPremises(directory);
        ExecutorService senders = Executors.newFixedThreadPool(Flow.values().length);
        try {
            List<Future<?>> sending = Stream.of(Flow.values())
                    .<Future<?>>map(one -> senders.submit(() -> send(one)))
                    .toList();
            switchEverything(sending);
            stopped.set(true);
            for (Future<?> one : sending) {
                one.get();
            }
        } finally {
            stopped.set(true);
            senders.shutdown();
        }
        collect();
    }

    private void switchEverything(List<Future<?>> sending) throws IOException, InterruptedException {
        boolean centralized = false;
        boolean secure = true;
        awaitMails(sending, centralized, secure);
        for (int i = 0; i < SWITCHES_OF_EACH; i++) {
            centralized = !centralized;
            premises.centralizeTransport(centralized);
            awaitMails(sending, centralized, secure);
            secure = !secure;
            premises.set(Side.CLOUD, SECURE_MAIL, secure);
            premises.set(Side.ON_PREMISES, SECURE_MAIL, secure);
            awaitMails(sending, centralized, secure);
        }
    }

    /** Returns when every flow went on under these settings. */
    private void awaitMails(List<Future<?>> sending, boolean centralized, boolean secure) {
        Instant begin = Instant.now();
        await().atMost(PATIENCE).until(() -> sending.stream().anyMatch(Future::isDone) || hasEveryMailFlowSince(begin));
        periods.add(new Period(begin, Instant.now(), centralized, secure));
    }

    private boolean hasEveryMailFlowSince(Instant begin) throws IOException {
        List<Sent> since =
                sent.stream().filter(one -> one.begun().isAfter(begin)).toList();
        Set<String> atDavidsSide =
                premises.server(Side.CLOUD).events(event -> event.type() == MailEvent.Type.DELIVERED).stream()
                        .flatMap(event -> event.messageId().stream())
                        .collect(Collectors.toSet());
        return Stream.of(Flow.values())
                        .allMatch(flow ->
                                since.stream().filter(one -> one.flow() == flow).count() >= MAILS)
                && since.stream()
                        .anyMatch(one -> one.flow() == Flow.FROM_ON_PREMISES
                                && atDavidsSide.contains(one.mail().messageId()));
    }

    private Void send(Flow flow) throws IOException {
        while (!stopped.get()) {
            try (SmtpDialogue smtp = premises.session(flow.sender, flow.entrance)) {
                for (int i = 0; i < MAILS_OF_A_SESSION && !stopped.get(); i++) {
                    await().atMost(PATIENCE)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(POLL)
                            .until(() -> premises.queuedMails() < UNDER_WAY);
                    TestMail mail = TestMail.of(flow.sender, flow.recipients.toArray(String[]::new));
                    Instant begun = Instant.now();
                    assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
                    sent.add(new Sent(flow, mail, begun, Instant.now()));
                }
            }
        }
        return null;
    }

    private void collect() throws Exception {
        await().atMost(PATIENCE).pollInterval(QUIET).untilAsserted(() -> assertThat(unfinished())
                .isEmpty());
        await().during(QUIET).atMost(PATIENCE).until(() -> premises.queuedMails() == 0);
        for (Side side : Side.values()) {
            String user = TwoPremises.user(side);
            for (MailContent copy : premises.server(side).inbox(user).mails()) {
                recipients.put(id(copy), user);
                if (side == Side.CLOUD) {
                    atDavid.put(id(copy), copy);
                }
            }
        }
        premises.internet()
                .received()
                .forEach(copy -> recipients.putAll(id(copy.content()), copy.recipientAddresses()));
    }

    private static String id(MailContent copy) {
        return copy.header("Message-ID").orElse("");
    }

    /** What is known of the mails of which not every copy is where it ends. */
    private List<Map<Side, List<MailEvent>>> unfinished() throws IOException {
        events.clear();
        events.putAll(premises.events());
        return sent.stream()
                .filter(one ->
                        MailWay.ends(eventsOf(one)) < one.mail().recipients().size())
                .map(this::eventsOf)
                .toList();
    }

    private Map<Side, List<MailEvent>> eventsOf(Sent one) {
        return events.getOrDefault(one.mail().messageId(), Map.of());
    }

    /** Whether everything that happened to a mail did in this period. */
    private boolean isWhollyIn(Period period, Sent one) {
        return period.contains(one)
                && eventsOf(one).values().stream()
                        .flatMap(List::stream)
                        .allMatch(event -> period.contains(event.time()));
    }

    @AfterAll
    void stop() throws IOException {
        premises.close();
    }

    private MailWay way(Sent one) {
        return MailWay.of(eventsOf(one));
    }

    @Test
    void everyMailArrivesOnceAtEveryRecipient() {
        assertThat(sent).allSatisfy(one -> assertThat(recipients.get(one.mail().messageId()))
                .containsExactlyInAnyOrderElementsOf(one.mail().recipients()));
        assertThat(recipients.keySet()).hasSize(sent.size());
    }

    @Test
    void noMailIsRefusedPutOffOrReturned() {
        List<MailEvent> troubles = new ArrayList<>();
        events.values().forEach(ofMail -> ofMail.values().forEach(ofSide -> ofSide.stream()
                .filter(event -> event.type() == MailEvent.Type.REFUSED
                        || event.type() == MailEvent.Type.DEFERRED
                        || event.type() == MailEvent.Type.FAILED
                        || event.type() == MailEvent.Type.SET_ASIDE)
                .forEach(troubles::add)));

        assertThat(troubles).isEmpty();
    }

    @Test
    void bothEndsOfEveryHopBetweenThePremisesHaveProvenTheOthersName() {
        assertThat(sent).allSatisfy(one -> assertThat(way(one).betweenPremises())
                .allSatisfy(MailWay.Hop::assertProvenAtBothEnds));
    }

    @Test
    void whatIsTakenAfterAReloadTakesTheNewWay() {
        assertThat(periods).allSatisfy(period -> assertThat(sent)
                .filteredOn(period::contains)
                .hasSizeGreaterThanOrEqualTo(Flow.values().length * MAILS)
                .allSatisfy(one -> {
                    MailWay way = way(one);
                    assertThat(one.mail().recipients())
                            .allSatisfy(recipient -> assertThat(way.of(MailWay.name(recipient)))
                                    .as("%s in %s", recipient, period)
                                    .isEqualTo(expected(one.flow(), recipient, period.centralized())));
                }));
    }

    private static String expected(Flow flow, String recipient, boolean centralized) {
        return switch (flow) {
            case FROM_THE_INTERNET_TO_THE_CLOUD ->
                recipient.equals(Contoso.CHRIS)
                        ? "internet>cloud>onPremises"
                        : centralized ? "internet>cloud>onPremises>cloud" : "internet>cloud";
            case FROM_THE_INTERNET_TO_ON_PREMISES ->
                recipient.equals(Contoso.CHRIS) ? "internet>onPremises" : "internet>onPremises>cloud";
            case FROM_THE_CLOUD ->
                recipient.equals(Contoso.CHRIS)
                        ? "desk>cloud>onPremises"
                        : centralized ? "desk>cloud>onPremises>internet" : "desk>cloud>internet";
            case FROM_ON_PREMISES -> "desk>onPremises>cloud";
        };
    }

    @Test
    void whatTravelsAfterTheReloadsIsInternalWhereSecureMailIsOn() {
        assertThat(periods).allSatisfy(period -> assertThat(sent)
                .filteredOn(one -> one.flow() == Flow.FROM_ON_PREMISES && isWhollyIn(period, one))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(atDavid.get(one.mail().messageId()))
                        .extracting(copy -> copy.header("X-MS-Exchange-Organization-AuthAs"))
                        .isEqualTo(Optional.of(period.secure() ? "Internal" : "Anonymous"))));
    }

    @Test
    void mailWasUnderWayWhenSettingsWereSwitched() {
        assertThat(sent).anySatisfy(one -> assertThat(periods).noneMatch(period -> isWhollyIn(period, one)));
    }
}
