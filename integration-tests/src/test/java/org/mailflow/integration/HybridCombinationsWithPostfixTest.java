package org.mailflow.integration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;

/**
 * The combinations of {@link HybridCombinationsTest} with a real Postfix in the place of each side in turn: the ways are
 * the same, and so is every octet.
 */
@RequiresPeer("postfix")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HybridCombinationsWithPostfixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Pattern SERVER = Pattern.compile("by (\\S+) \\((Mailflow|Postfix)\\)");

    /**
     * A combination.
     *
     * @param ours the side that our server plays; Postfix plays the other
     * @param combination a line of the table
     */
    private record Case(Side ours, HybridCase combination) {

        @Override
        public String toString() {
            return "we are " + MailWay.name(ours) + ", " + combination;
        }
    }

    /** A mail where it arrived. */
    private record Copy(String recipient, MailContent content) {}

    private final Map<Case, SignedMail> mails = new HashMap<>();
    private final ListMultimap<String, Copy> copies = ArrayListMultimap.create();
    private final ListMultimap<String, MailEvent> events = ArrayListMultimap.create();
    private final List<String> logs = new ArrayList<>();
    private DkimKey key;

    @BeforeAll
    void sendAll(@TempDir Path directory) throws Exception {
        key = new DkimKey();
        for (Side ours : Side.values()) {
            for (boolean centralized : List.of(false, true)) {
                Path data = directory.resolve(ours + "-" + centralized);
                try (HybridWithPostfix hybrid =
                        new HybridWithPostfix(ours, centralized, TwoPremises.user(ours), data)) {
                    sendAll(hybrid, ours, centralized);
                }
            }
        }
    }

    private void sendAll(HybridWithPostfix hybrid, Side ours, boolean centralized) throws Exception {
        int expected = 0;
        for (HybridCase combination : HybridCase.all()) {
            if (combination.centralized() == centralized) {
                send(hybrid, new Case(ours, combination));
                expected += combination.ways().size();
            }
        }
        int all = expected;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(hybrid.copies().size()).isGreaterThanOrEqualTo(all));
        await().during(QUIET).atMost(PATIENCE).until(() -> hybrid.queuedMails() == 0);
        hybrid.copies()
                .forEach((recipient, copy) -> copies.put(id(copy.header("Message-ID")), new Copy(recipient, copy)));
        hybrid.events().forEach(event -> events.put(id(event.messageId()), event));
        logs.add(hybrid.postfixLog());
    }

    private static String id(Optional<String> messageId) {
        return messageId.orElse("");
    }

    private void send(HybridWithPostfix hybrid, Case one) throws Exception {
        HybridCase combination = one.combination();
        SignedMail mail = SignedMail.of(
                TestMail.of(combination.sender(), combination.recipients().toArray(String[]::new)), key);
        mails.put(one, mail);
        try (SmtpDialogue smtp = hybrid.session(combination.sender(), combination.entrance())) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    static Stream<Case> combinations() throws IOException {
        List<HybridCase> all = HybridCase.all();
        return Stream.of(Side.values()).flatMap(ours -> all.stream().map(combination -> new Case(ours, combination)));
    }

    private SignedMail mail(Case one) {
        return requireNonNull(mails.get(one));
    }

    private List<Copy> copies(Case one) {
        return copies.get(mail(one).mail().messageId());
    }

    private List<MailEvent> events(Case one) {
        return events.get(mail(one).mail().messageId());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyRecipientHasOneCopyWhichTookTheWayOfItsFlow(Case one) {
        assertThat(copies(one))
                .extracting(Copy::recipient)
                .containsExactlyInAnyOrderElementsOf(one.combination().recipients());
        assertThat(copies(one)).allSatisfy(copy -> assertThat(way(one, copy))
                .isEqualTo(one.combination().ways().get(copy.recipient())));
    }

    /** As the trace fields of the copy tell it. */
    private static String way(Case one, Copy copy) {
        StringBuilder way = new StringBuilder(one.combination().sender().equals(Contoso.ERIN) ? "internet" : "desk");
        for (String field : Lists.reverse(copy.content().headers("Received"))) {
            Matcher server = SERVER.matcher(field);
            assertThat(server.find()).as(field).isTrue();
            Side side = server.group(1).equals(Side.CLOUD.host()) ? Side.CLOUD : Side.ON_PREMISES;
            assertThat(server.group(1)).isEqualTo(side.host());
            assertThat(server.group(2)).isEqualTo(side == one.ours() ? "Mailflow" : "Postfix");
            way.append('>').append(MailWay.name(side));
        }
        return way.append(copy.recipient().equals(Contoso.ERIN) ? ">internet" : "")
                .toString();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatGoesBetweenThePremisesIsNotSplitBeforeItMust(Case one) {
        Side theirs = one.ours().other();
        List<String> transactions = new ArrayList<>();
        for (MailEvent event : events(one)) {
            if (isArrivalFrom(theirs, event)) {
                transactions.add(transaction(theirs, one.ours(), event));
            } else if (isDepartureTo(theirs, event)) {
                transactions.add(transaction(one.ours(), theirs, event));
            }
        }

        assertThat(transactions)
                .containsExactlyInAnyOrderElementsOf(one.combination().transactions());
    }

    private static boolean isArrivalFrom(Side theirs, MailEvent event) {
        return event.type() == MailEvent.Type.RECEIVED
                && event.peerIdentity().equals(Optional.of("verified [" + theirs.host() + "]"));
    }

    private static boolean isDepartureTo(Side theirs, MailEvent event) {
        return event.type() == MailEvent.Type.DELIVERED
                && event.peer()
                        .filter(peer -> peer.startsWith(theirs.host() + "["))
                        .isPresent();
    }

    private static String transaction(Side from, Side to, MailEvent event) {
        Set<String> names =
                event.recipients().stream().map(MailWay::name).collect(Collectors.toCollection(TreeSet::new));
        return MailWay.name(from) + ">" + MailWay.name(to) + ": " + String.join(" ", names);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void bothEndsOfEveryHopBetweenThePremisesHaveProvenTheOthersName(Case one) {
        Side theirs = one.ours().other();

        assertThat(events(one))
                .filteredOn(event -> isArrivalFrom(theirs, event) || isDepartureTo(theirs, event))
                .allSatisfy(event -> {
                    assertThat(event.peerIdentity()).hasValue("verified [" + theirs.host() + "]");
                    assertThat(event.tlsVersion()).hasValue("TLSv1.3");
                });
        assertThat(copies(one)).allSatisfy(copy -> {
            String way = way(one, copy);
            long handedToPostfix = way.split(MailWay.name(one.ours()) + ">" + MailWay.name(theirs), -1).length - 1L;
            assertThat(copy.content().headers("Received"))
                    .filteredOn(field -> field.contains("(Postfix)")
                            && field.contains("(Client CN \"" + one.ours().host() + "\"")
                            && field.contains("(verified OK))")
                            && field.contains("using TLSv1.3"))
                    .hasSize((int) handedToPostfix);
        });
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatArrivesIsWhatWasSent(Case one) throws IOException {
        for (Copy copy : copies(one)) {
            assertThat(copy.content().body()).isEqualTo(mail(one).content().body());
            assertThat(key.verified(copy.content().bytes())).isEqualTo(DkimKey.BOTH);
        }
    }

    @Test
    void postfixHandsMailToNobodyWhoseNameIsNotProven() {
        assertThat(logs).hasSize(4).allSatisfy(log -> assertThat(log)
                .contains("Verified TLS connection established to 127.0.0.1")
                .doesNotContain("Untrusted TLS connection established to 127.0.0.1")
                .doesNotContain("Trusted TLS connection established to 127.0.0.1")
                .doesNotContain("Anonymous TLS connection established to 127.0.0.1"));
    }

    @Test
    void thereIsNoOtherMailAnywhere() {
        assertThat(copies.keySet())
                .isEqualTo(mails.values().stream()
                        .map(mail -> mail.mail().messageId())
                        .collect(Collectors.toSet()));
    }
}
