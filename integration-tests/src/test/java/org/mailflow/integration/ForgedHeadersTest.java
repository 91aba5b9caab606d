package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.integration.ForgedShape.Outcome;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.python.RawClient;
import org.mailflow.testing.python.RawOutcome;
import org.mailflow.testing.python.RawSession;
import org.mailflow.testing.readers.ReadField;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.SmtpSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only a server of ours may say of a mail, nobody else says, however it is written: thirty fields in thirty shapes from four
 * sources that are not believed, and from the one that is. Each mail is read where it ends: in a mailbox here, at the other
 * premises, and on the internet, by readers in three languages.
 */
@Tag("forgery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresPeer({"python3", "mailparser"})
class ForgedHeadersTest {

    private static final Logger LOGGER = LoggerFactory.getLogger(ForgedHeadersTest.class);

    private static final String HERE = "here";
    private static final String OTHER_PREMISES = "the other premises";
    private static final String INTERNET = "the internet";

    private static final String AUTH_AS = "x-ms-exchange-organization-authas";
    private static final String CROSS_PREMISES = "x-ms-exchange-crosspremises-";
    private static final String ORGANIZATION = "x-ms-exchange-organization-";
    private static final String FOREST = "x-ms-exchange-forest-";

    private static final int NAMES = 30;
    private static final int SHAPES = 30;
    private static final int WRONG_SOURCES = 4;
    private static final int MAILS_OF_A_SESSION = 40;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A mail, and what was answered to it. */
    private record Sent(ForgedMail mail, List<String> replies) {

        /** The reply that decides about it. */
        String reply() {
            return replies.stream()
                    .skip(mail.shape().place() == ForgedShape.Place.EHLO ? 2 : 0)
                    .limit(replies.size() - 1L)
                    .filter(reply -> reply.startsWith("4") || reply.startsWith("5"))
                    .findFirst()
                    .orElse(replies.size() < 2 ? "" : replies.get(replies.size() - 2));
        }

        boolean isAccepted() {
            return reply().startsWith("250");
        }

        boolean isRefused() {
            return reply().startsWith("5");
        }
    }

    /** A copy where it ended, and what each reader finds in its header. */
    private record Copy(ForgedMail mail, String place, MailContent content, Map<String, List<ReadField>> readings) {

        /** The fields with such names, each with its reader. */
        List<String> fields(Predicate<ReadField> wanted) {
            List<String> found = new ArrayList<>();
            readings.forEach((reader, fields) -> fields.stream()
                    .filter(wanted)
                    .forEach(field -> found.add(mail + ", " + place + ", " + reader + ": " + field)));
            return found;
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private List<ForgedField> fields;
    private List<ForgedShape> shapes;
    private FirewallServer firewall;

    @BeforeAll
    void sendAndRead(@TempDir Path directory) throws Exception {
        fields = ForgedField.all();
        shapes = ForgedShape.all();
        firewall = new FirewallServer(directory);
        long start = System.nanoTime();
        send(directory);
        long accepted = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(POLL).until(this::isEverythingDelivered);
        long delivered = System.nanoTime();
        read();
        LOGGER.info(
                "{} sent and {} refused in {} s; delivered after {} s; {} copies read in {} s",
                sent.size(),
                sent.stream().filter(Sent::isRefused).count(),
                seconds(start, accepted),
                seconds(accepted, delivered),
                copies.size(),
                seconds(delivered, System.nanoTime()));
    }

    private static long seconds(long from, long to) {
        return Duration.ofNanos(to - from).toSeconds();
    }

    @AfterAll
    void stop() throws Exception {
        firewall.close();
    }

    private void send(Path directory) throws IOException {
        int number = 0;
        try (RawClient client = RawClient.start()) {
            for (ForgerySource source : ForgerySource.values()) {
                List<ForgedMail> mails = new ArrayList<>();
                for (ForgedField field : fields) {
                    for (ForgedShape shape : shapes) {
                        if (source != ForgerySource.CLOUD || shape.outcome() == Outcome.FIELD) {
                            mails.add(new ForgedMail(number++, source, field, shape));
                        }
                    }
                }
                send(client, source, mails, Files.createDirectories(directory.resolve("client")));
            }
        }
    }

    private void send(RawClient client, ForgerySource source, List<ForgedMail> mails, Path directory)
            throws IOException {
        List<List<ForgedMail>> parts = new ArrayList<>();
        List<RawSession> sessions = new ArrayList<>();
        for (int from = 0; from < mails.size(); from += MAILS_OF_A_SESSION) {
            List<ForgedMail> part = mails.subList(from, Math.min(mails.size(), from + MAILS_OF_A_SESSION));
            RawSession session = source.open(firewall.server().port(), firewall.authority(), directory);
            part.forEach(mail -> mail.sendIn(session));
            parts.add(part);
            sessions.add(session);
        }
        List<RawOutcome> outcomes = client.runAll(sessions);
        for (int i = 0; i < parts.size(); i++) {
            List<String> replies = outcomes.get(i).replies();
            int at = source.repliesBefore();
            for (ForgedMail mail : parts.get(i)) {
                int end = at + mail.replies(replies, at);
                assertThat(replies).as("%s: %s", mail, outcomes.get(i).end()).hasSizeGreaterThanOrEqualTo(end);
                sent.add(new Sent(mail, replies.subList(at, end)));
                at = end;
            }
        }
    }

    private boolean isEverythingDelivered() throws Exception {
        long accepted = sent.stream().filter(Sent::isAccepted).count();
        return firewall.internet().received().size() >= accepted
                && firewall.cloud().received().size() >= accepted
                && firewall.server().queuedMails() == 0;
    }

    private void read() throws Exception {
        List<MailContent> contents = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (ForgerySource source : ForgerySource.values()) {
            firewall.server().inbox(source.mailbox()).mails().forEach(mail -> {
                contents.add(mail);
                places.add(HERE);
            });
        }
        Map<String, SmtpSink> sinks = Map.of(OTHER_PREMISES, firewall.cloud(), INTERNET, firewall.internet());
        sinks.forEach((place, sink) -> sink.received().forEach(mail -> {
            contents.add(mail.content());
            places.add(place);
        }));
        List<Map<String, List<ReadField>>> readings =
                HeaderReadings.of(contents.stream().map(MailContent::bytes).toList());
        for (int i = 0; i < contents.size(); i++) {
            int number = ForgedMail.numberIn(contents.get(i).text()).orElseThrow();
            copies.add(new Copy(sent.get(number).mail(), places.get(i), contents.get(i), readings.get(i)));
        }
    }

    private List<Copy> copies(Predicate<ForgedMail> wanted) {
        return copies.stream().filter(copy -> wanted.test(copy.mail())).toList();
    }

    private static boolean isWrong(ForgedMail mail) {
        return mail.source() != ForgerySource.CLOUD;
    }

    @Test
    void everyForgeryIsSentAndAnswered() {
        assertThat(fields).hasSize(NAMES).extracting(ForgedField::name).doesNotHaveDuplicates();
        assertThat(shapes).hasSize(SHAPES).extracting(ForgedShape::text).doesNotHaveDuplicates();
        assertThat(sent.stream().filter(one -> isWrong(one.mail())))
                .hasSize(NAMES * SHAPES * WRONG_SOURCES)
                .allSatisfy(one -> assertThat(one.isAccepted() || one.isRefused())
                        .as("%s: %s", one.mail(), one.replies())
                        .isTrue());
    }

    @Test
    void thoseAreRefusedThatCanBeReadInMoreWaysThanOne() {
        Map<String, Map<String, Long>> differing = new TreeMap<>(sent.stream()
                .filter(one -> one.isRefused() != (one.mail().shape().outcome() == Outcome.REFUSED))
                .collect(Collectors.groupingBy(
                        one -> one.mail().shape().description(),
                        Collectors.groupingBy(Sent::reply, Collectors.counting()))));

        assertThat(differing).isEmpty();
    }

    @Test
    void everyAcceptedMailArrivesOnceAtEachPlace() {
        for (String place : List.of(HERE, OTHER_PREMISES, INTERNET)) {
            assertThat(copies.stream()
                            .filter(copy -> copy.place().equals(place))
                            .map(copy -> copy.mail().number())
                            .sorted())
                    .as(place)
                    .isEqualTo(sent.stream()
                            .filter(Sent::isAccepted)
                            .map(one -> one.mail().number())
                            .toList());
        }
    }

    @Test
    void noReaderFindsAForgedField() {
        assertThat(summary(copies(ForgedHeadersTest::isWrong).stream()
                        .filter(copy -> !copy.fields(
                                        field -> isForged(copy.mail().field(), field))
                                .isEmpty())
                        .toList()))
                .isEmpty();
    }

    private static boolean isForged(ForgedField forged, ReadField field) {
        String name = HeaderReadings.lenient(field.name());
        return (name.startsWith(HeaderReadings.lenient(forged.name()))
                        || name.equals(HeaderReadings.lenient(forged.promoted())))
                && isMarked(forged, field.value());
    }

    private static boolean isMarked(ForgedField forged, String value) {
        return value.contains(forged.value().contains("forged") ? "forged" : forged.value());
    }

    /** Not in the header of a mail at all, whoever may read it some day. */
    @Test
    void noByteOfAForgedFieldIsLeft() {
        assertThat(summary(copies(ForgedHeadersTest::isWrong).stream()
                        .filter(copy -> copy.mail().shape().outcome() != Outcome.KEPT
                                && copy.mail().shape().outcome() != Outcome.UNREAD)
                        .filter(copy ->
                                isMarked(copy.mail().field(), copy.content().text()))
                        .toList()))
                .isEmpty();
    }

    /** How many copies of each shape, and of which sources, names and places. */
    private static Map<String, String> summary(List<Copy> found) {
        return new TreeMap<>(found.stream()
                .collect(Collectors.groupingBy(
                        copy -> copy.mail().shape().description(),
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                of -> of.size() + " copies, " + distinct(of) + "; first: "
                                        + of.get(0)
                                                .fields(field -> isForged(
                                                        of.get(0).mail().field(), field))))));
    }

    private static String distinct(List<Copy> found) {
        return new TreeSet<>(found.stream().map(Copy::place).toList()) + ", "
                + new TreeSet<>(found.stream().map(copy -> copy.mail().source()).toList()) + ", "
                + new TreeSet<>(
                        found.stream().map(copy -> copy.mail().field().name()).toList());
    }

    @Test
    void everyBodyIsKeptByteForByte() {
        assertThat(copies).allSatisfy(copy -> assertThat(copy.content().text().stripTrailing())
                .as("%s, %s", copy.mail(), copy.place())
                .endsWith("\r\n" + copy.mail().body()));
    }

    /** As every reader has it, and nothing else of its kind. */
    @Test
    void aMailHereSaysOnceThatItIsAnonymous() {
        assertThat(copies(ForgedHeadersTest::isWrong).stream()
                        .filter(copy -> copy.place().equals(HERE))
                        .flatMap(copy -> copy.readings().entrySet().stream()
                                .map(reading -> valuesOf(AUTH_AS, reading.getValue())))
                        .distinct())
                .containsExactly(List.of("Anonymous"));
    }

    @Test
    void theOtherPremisesAreToldOnceThatItIsAnonymous() {
        assertThat(copies(ForgedHeadersTest::isWrong).stream()
                        .filter(copy -> copy.place().equals(OTHER_PREMISES))
                        .flatMap(copy -> copy.readings().entrySet().stream()
                                .map(reading -> valuesOf(CROSS_PREMISES + "authas", reading.getValue())))
                        .distinct())
                .containsExactly(List.of("Anonymous"));
        assertThat(names(OTHER_PREMISES, ORGANIZATION, FOREST)).isEmpty();
    }

    @Test
    void theInternetIsToldNothing() {
        assertThat(names(INTERNET, ORGANIZATION, FOREST, CROSS_PREMISES)).isEmpty();
    }

    private Set<String> names(String place, String... prefixes) {
        return new TreeSet<>(copies.stream()
                .filter(copy -> copy.place().equals(place))
                .flatMap(copy -> copy.readings().values().stream())
                .flatMap(List::stream)
                .map(field -> HeaderReadings.lenient(field.name()))
                .filter(name -> Arrays.stream(prefixes).anyMatch(name::startsWith))
                .toList());
    }

    private static List<String> valuesOf(String name, List<ReadField> fields) {
        List<String> values = new ArrayList<>();
        fields.stream()
                .filter(field -> HeaderReadings.lenient(field.name()).equals(name))
                .forEach(field -> {
                    for (int i = 0; i < field.count(); i++) {
                        values.add(field.value().strip());
                    }
                });
        return values;
    }

    /** Under its own name, or the one that it was promoted to, for each reader. */
    @Test
    void everyFieldOfTheOtherPremisesSurvives() {
        List<Copy> right = copies(mail -> !isWrong(mail)).stream()
                .filter(copy -> copy.place().equals(HERE))
                .toList();

        assertThat(right)
                .hasSize(NAMES
                        * (int) shapes.stream()
                                .filter(shape -> shape.outcome() == Outcome.FIELD)
                                .count());
        Map<String, List<String>> lost = new TreeMap<>(right.stream()
                .filter(copy -> copy.readings().values().stream().anyMatch(reading -> reading.stream()
                        .noneMatch(field -> HeaderReadings.lenient(field.name())
                                        .equals(HeaderReadings.lenient(
                                                copy.mail().field().promoted()))
                                && isMarked(copy.mail().field(), field.value()))))
                .collect(Collectors.groupingBy(
                        copy -> copy.mail().field().name(),
                        Collectors.mapping(copy -> copy.mail().shape().description(), Collectors.toList()))));
        assertThat(lost).isEmpty();
    }

    /** A check of the checks: without the firewall they would have found every one of them. */
    @Test
    void theReadersKnowAFieldWhenTheySeeOne() throws Exception {
        List<ForgedMail> plain = sent.stream()
                .map(Sent::mail)
                .filter(mail -> mail.source() == ForgerySource.ANONYMOUS)
                .filter(mail -> mail.shape().outcome() == Outcome.FIELD)
                .toList();

        List<Map<String, List<ReadField>>> readings = HeaderReadings.of(plain.stream()
                .map(mail -> mail.content().replace("\r\n.", "\r\n").getBytes(ISO_8859_1))
                .toList());

        for (int i = 0; i < plain.size(); i++) {
            ForgedField forged = plain.get(i).field();
            assertThat(readings.get(i)).as("%s", plain.get(i)).allSatisfy((reader, found) -> assertThat(found)
                    .as(reader)
                    .anyMatch(field -> isForged(forged, field)));
        }
    }
}
