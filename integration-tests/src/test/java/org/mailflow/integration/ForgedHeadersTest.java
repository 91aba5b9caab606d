package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.integration.ForgedCopy.Finding;
import org.mailflow.integration.ForgedCopy.Place;
import org.mailflow.integration.ForgedShape.Outcome;
import org.mailflow.integration.ForgeryRun.Sent;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.readers.ReadField;

/**
 * What only a server of ours may say of a mail, nobody else says, however it is written: thirty fields in thirty shapes from four
 * sources that are not believed, and from the one that is. Each mail is read where it ends: in a mailbox here, at the other
 * premises, and on the internet, by readers in three languages. The system property {@code forgery.together} says how many forged
 * fields a mail has where its shape allows several.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresPeer({"python3", "mailparser"})
class ForgedHeadersTest {

    private static final String ORGANIZATION = "X-MS-Exchange-Organization-";
    private static final String CROSS_PREMISES = "X-MS-Exchange-CrossPremises-";
    private static final String FOREST = "X-MS-Exchange-Forest-";
    private static final String AUTH_AS = ORGANIZATION + "AuthAs";

    private static final int NAMES = 30;
    private static final int SHAPES = 31;
    private static final int WRONG_SOURCES = 4;
    private static final int TOGETHER = Integer.getInteger("forgery.together", 6);

    private ForgedMails mails;
    private ForgeryRun run;

    @BeforeAll
    void sendAndRead(@TempDir Path directory) throws Exception {
        mails = ForgedMails.of(TOGETHER);
        run = new ForgeryRun(mails, directory);
    }

    @AfterAll
    void stop() throws Exception {
        run.close();
    }

    private List<ForgedCopy> copies(Predicate<ForgedCopy> wanted) {
        return run.copies().stream().filter(wanted).toList();
    }

    private Stream<Finding> findings(Predicate<ForgedMail> wanted) {
        return copies(copy -> wanted.test(copy.mail())).stream().flatMap(ForgedCopy::findings);
    }

    /** Where they are, by shape: how many, and the first of them. */
    private static Map<String, String> byShape(Stream<Finding> findings) {
        return findings.collect(Collectors.groupingBy(
                Finding::shape,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), of -> of.size() + ": " + first(of))));
    }

    private static List<String> first(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding + " " + finding.copy().readings().get(finding.reader()))
                .limit(2)
                .toList();
    }

    @Test
    void everyForgeryIsSentAndAnswered() {
        assertThat(mails.fields()).hasSize(NAMES).extracting(ForgedField::name).doesNotHaveDuplicates();
        assertThat(mails.shapes())
                .hasSize(SHAPES)
                .extracting(shape -> shape.place() + shape.text())
                .doesNotHaveDuplicates();
        List<Sent> forged =
                run.sent().stream().filter(one -> one.mail().isForged()).toList();
        assertThat(forged.stream().mapToInt(one -> one.mail().fields().size()).sum())
                .isEqualTo(NAMES * SHAPES * WRONG_SOURCES);
        assertThat(forged).allSatisfy(one -> assertThat(one.isAccepted() || one.isRefused())
                .as("%s: %s", one.mail(), one.replies())
                .isTrue());
    }

    @Test
    void thoseAreRefusedThatCanBeReadInMoreWaysThanOne() {
        Map<String, Map<String, Long>> differing = new TreeMap<>(run.sent().stream()
                .filter(one -> one.isRefused() != (one.mail().shape().outcome() == Outcome.REFUSED))
                .collect(Collectors.groupingBy(
                        one -> one.mail().shape().description(),
                        Collectors.groupingBy(Sent::reply, Collectors.counting()))));

        assertThat(differing).isEmpty();
    }

    @Test
    void everyAcceptedMailArrivesOnceAtEachPlace() {
        List<Integer> accepted = run.sent().stream()
                .filter(Sent::isAccepted)
                .map(one -> one.mail().number())
                .toList();

        for (Place place : Place.values()) {
            assertThat(copies(copy -> copy.place() == place).stream()
                            .map(copy -> copy.mail().number())
                            .sorted())
                    .as("%s", place)
                    .isEqualTo(accepted);
        }
    }

    @Test
    void noReaderFindsAForgedField() {
        assertThat(byShape(findings(ForgedMail::isForged).filter(Finding::isFound)))
                .isEmpty();
    }

    /** Not in the header of a mail at all, whoever may read it some day. */
    @Test
    void noByteOfAForgedFieldIsLeft() {
        Set<Outcome> gone = Set.of(Outcome.FIELD, Outcome.WORD, Outcome.GONE);

        assertThat(byShape(findings(mail ->
                                mail.isForged() && gone.contains(mail.shape().outcome()))
                        .filter(finding -> finding.field()
                                .isSaidIn(finding.copy().content().text()))))
                .isEmpty();
    }

    /** The firewall takes away what it knows, and nothing beside it. */
    @Test
    void aFieldOfAnotherNameIsKept() {
        assertThat(findings(mail -> mail.shape().outcome() == Outcome.OTHER)).isNotEmpty();
        assertThat(byShape(findings(mail -> mail.shape().outcome() == Outcome.OTHER)
                        .filter(finding -> !finding.values(
                                        finding.copy().mail().shape().otherName(finding.field()))
                                .equals(List.of(finding.field().value())))))
                .isEmpty();
    }

    @Test
    void everyBodyIsKeptByteForByte() {
        assertThat(run.copies())
                .allSatisfy(copy -> assertThat(copy.content().text().stripTrailing())
                        .as("%s, %s", copy.mail(), copy.place())
                        .endsWith("\r\n" + copy.mail().body()));
    }

    /** As every reader has it, and nothing else of its kind. */
    @Test
    void aMailHereSaysOnceAsWhomItsSenderIsKnown() {
        assertThat(copies(copy -> copy.place() == Place.HERE)).allSatisfy(copy -> assertThat(copy.values(AUTH_AS))
                .as("%s", copy.mail())
                .containsOnly(List.of(copy.mail().isInternal() ? "Internal" : "Anonymous")));
        assertThat(copies(copy -> copy.mail().isInternal())).isNotEmpty();
    }

    @Test
    void theOtherPremisesAreToldItOnce() {
        assertThat(copies(copy -> copy.place() == Place.OTHER_PREMISES))
                .allSatisfy(copy -> assertThat(copy.values(CROSS_PREMISES + "AuthAs"))
                        .as("%s", copy.mail())
                        .containsOnly(List.of(copy.mail().isInternal() ? "Internal" : "Anonymous")));
    }

    @Test
    void noPlaceIsToldWhatAnotherIs() {
        assertThat(names(Place.HERE, CROSS_PREMISES)).isEmpty();
        assertThat(names(Place.OTHER_PREMISES, ORGANIZATION, FOREST)).isEmpty();
        assertThat(names(Place.INTERNET, ORGANIZATION, FOREST, CROSS_PREMISES)).isEmpty();
    }

    private Set<String> names(Place place, String... prefixes) {
        List<String> wanted = Stream.of(prefixes).map(HeaderReadings::lenient).toList();
        return copies(copy -> copy.place() == place).stream()
                .flatMap(ForgedCopy::names)
                .filter(name -> wanted.stream().anyMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Under its own name, or the one that it was promoted to, for each reader, and no more often than it was there. */
    @Test
    void everyFieldOfTheOtherPremisesSurvivesUnchanged() {
        List<Finding> right = copies(
                        copy -> copy.place() == Place.HERE && !copy.mail().isForged())
                .stream()
                .flatMap(ForgedCopy::findings)
                .toList();

        long fieldShapes = mails.shapes().stream().filter(ForgedShape::isField).count();
        assertThat(right.stream().map(Finding::reader).distinct()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(right.stream()
                        .collect(Collectors.groupingBy(Finding::reader, Collectors.counting()))
                        .values())
                .containsOnly(NAMES * fieldShapes);
        assertThat(byShape(right.stream().filter(finding -> finding.copy()
                        .mail()
                        .here(finding.field())
                        .map(name -> !isUnchanged(finding, name))
                        .orElse(false))))
                .isEmpty();
        assertThat(byShape(right.stream()
                        .filter(finding ->
                                finding.copy().mail().here(finding.field()).isEmpty())
                        .filter(Finding::isFound)))
                .isEmpty();
    }

    private static boolean isUnchanged(Finding finding, String name) {
        List<String> values =
                finding.values(name).stream().filter(finding.field()::isSaidIn).toList();
        boolean isWord = finding.copy().mail().shape().outcome() == Outcome.WORD;
        boolean isTwice = finding.copy().mail().shape().text().contains("\\n{name}");
        return (values.size() == 1 || (isTwice && values.size() == 2))
                && (isWord || values.stream().allMatch(finding.field().value()::equals));
    }

    /** A check of the checks: without the firewall they would have found every one of them. */
    @Test
    void theReadersKnowAFieldWhenTheySeeOne() throws Exception {
        List<ForgedMail> plain = mails.from(ForgerySource.ANONYMOUS).stream()
                .filter(mail -> mail.shape().isField())
                .toList();

        List<Map<String, List<ReadField>>> readings = HeaderReadings.of(plain.stream()
                .map(mail -> mail.content().replace("\r\n.", "\r\n").getBytes(ISO_8859_1))
                .toList());

        for (int i = 0; i < plain.size(); i++) {
            ForgedMail mail = plain.get(i);
            for (ForgedField forged : mail.fields()) {
                assertThat(readings.get(i))
                        .as("%s", mail)
                        .isNotEqualTo(Collections.emptyMap())
                        .allSatisfy(
                                (reader, found) -> assertThat(found).as(reader).anyMatch(forged::isIn));
            }
        }
    }
}
