package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpDialogue;

/**
 * Every combination of sender, recipients, centralized mail transport and MX record between two real servers: which way
 * each copy takes, that TLS with both names proven protects it between the premises, and that what arrives is to the
 * octet what was sent. The table has the ways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HybridCombinationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int COMBINATIONS = 36;

    /** A mail where it arrived. */
    private record Copy(String recipient, MailContent content) {}

    private final Map<HybridCase, SignedMail> mails = new LinkedHashMap<>();
    private final Map<String, Map<Side, List<MailEvent>>> events = new HashMap<>();
    private final ListMultimap<String, Copy> copies = ArrayListMultimap.create();
    private DkimKey key;
    private TwoPremises premises;

    @BeforeAll
    void sendAll(@TempDir Path directory) throws Exception {
        key = new DkimKey();
        premises = new TwoPremises(directory);
        for (boolean centralized : List.of(false, true)) {
            premises.centralizeTransport(centralized);
            for (Side mx : Side.values()) {
                premises.pointMxTo(mx);
                for (HybridCase combination : HybridCase.all()) {
                    if (combination.centralized() == centralized && combination.mx() == mx) {
                        send(combination);
                    }
                }
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(unfinished()).isEmpty());
        }
        await().during(QUIET).atMost(PATIENCE).until(() -> premises.queuedMails() == 0);
        events.putAll(premises.events());
        for (Side side : Side.values()) {
            String user = TwoPremises.user(side);
            premises.server(side).inbox(user).mails().forEach(copy -> note(user, copy));
        }
        premises.internet().received().forEach(copy -> copy.recipientAddresses()
                .forEach(recipient -> note(recipient, copy.content())));
    }

    private void send(HybridCase combination) throws Exception {
        SignedMail mail = SignedMail.of(
                TestMail.of(combination.sender(), combination.recipients().toArray(String[]::new)), key);
        mails.put(combination, mail);
        try (SmtpDialogue smtp = premises.session(combination.sender(), combination.entrance())) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    /** Of which mails a copy is not yet where it ends, and what is known of them. */
    private Map<HybridCase, Map<Side, List<MailEvent>>> unfinished() throws IOException {
        Map<String, Map<Side, List<MailEvent>>> known = premises.events();
        Map<HybridCase, Map<Side, List<MailEvent>>> unfinished = new LinkedHashMap<>();
        mails.forEach((combination, mail) -> {
            Map<Side, List<MailEvent>> ofMail = known.getOrDefault(mail.mail().messageId(), Map.of());
            if (MailWay.ends(ofMail) < combination.ways().size()) {
                unfinished.put(combination, ofMail);
            }
        });
        return unfinished;
    }

    private void note(String recipient, MailContent copy) {
        copies.put(copy.header("Message-ID").orElse(""), new Copy(recipient, copy));
    }

    @AfterAll
    void stop() throws IOException {
        premises.close();
    }

    static List<HybridCase> combinations() throws IOException {
        return HybridCase.all();
    }

    private SignedMail mail(HybridCase combination) {
        return requireNonNull(mails.get(combination));
    }

    private MailWay way(HybridCase combination) {
        return MailWay.of(events.getOrDefault(mail(combination).mail().messageId(), Map.of()));
    }

    private List<Copy> copies(HybridCase combination) {
        return copies.get(mail(combination).mail().messageId());
    }

    @Test
    void theTableHasEveryCombinationOnce() throws IOException {
        assertThat(combinations())
                .hasSize(COMBINATIONS)
                .extracting(one -> List.of(one.centralized(), one.mx(), one.sender(), one.recipients()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyCopyTakesTheWayOfItsFlow(HybridCase combination) {
        MailWay way = way(combination);

        combination.ways().forEach((recipient, expected) -> assertThat(way.of(MailWay.name(recipient)))
                .as(recipient)
                .isEqualTo(expected));
        assertThat(way.betweenPremises())
                .extracting(MailWay.Hop::transaction)
                .containsExactlyInAnyOrderElementsOf(combination.transactions());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyCopyBearsATraceFieldOfEachServerOnItsWay(HybridCase combination) {
        assertThat(copies(combination)).isNotEmpty().allSatisfy(copy -> {
            long servers = Stream.of(combination
                            .ways()
                            .getOrDefault(copy.recipient(), "")
                            .split(">"))
                    .filter(place -> place.equals("cloud") || place.equals("onPremises"))
                    .count();
            assertThat(copy.content().headers("Received")).hasSize((int) servers);
        });
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void bothEndsOfEveryHopBetweenThePremisesHaveProvenTheOthersName(HybridCase combination) {
        assertThat(way(combination).betweenPremises()).allSatisfy(MailWay.Hop::assertProvenAtBothEnds);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyRecipientHasOneCopyAndNobodyElseHasAny(HybridCase combination) {
        assertThat(copies(combination))
                .extracting(Copy::recipient)
                .containsExactlyInAnyOrderElementsOf(combination.recipients());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatArrivesIsWhatWasSent(HybridCase combination) throws IOException {
        SignedMail mail = mail(combination);

        for (Copy copy : copies(combination)) {
            assertThat(copy.content().body()).isEqualTo(mail.content().body());
            assertThat(key.verified(copy.content().bytes())).isEqualTo(DkimKey.BOTH);
        }
    }

    @Test
    void thereIsNoOtherMailAnywhere() {
        assertThat(copies.keySet()).hasSize(COMBINATIONS);
    }

    @Test
    void aBlankMoreOrLessIsSeen() throws IOException {
        String sent = mails.values().iterator().next().content().text();

        assertThat(verified(sent)).isEqualTo(DkimKey.BOTH);
        assertThat(verified(sent.replace("Subject: ", "Subject:  "))).containsExactly("relaxed/relaxed");
        assertThat(verified(sent.replace("ahead\t \r\n", "ahead\r\n"))).containsExactly("relaxed/relaxed");
        assertThat(verified(sent.replace("one dot", "no dot"))).isEmpty();
    }

    private Set<String> verified(String text) throws IOException {
        return key.verified(text.getBytes(ISO_8859_1));
    }
}
