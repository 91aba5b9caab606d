package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;

/** A mark tells this server, and nobody else, where a mail was. */
class LoopMarksTest {

    private static final Entry<String, String> MESSAGE_ID = Map.entry("Message-ID", "<1@contoso.com>");

    private final Mailflow mailflow = Contoso.mailflow();

    @Test
    void aMailThatComesBackIsKnownByItsMark() {
        List<Entry<String, String>> header = left(List.of(MESSAGE_ID));

        assertThat(route(header)).isEqualTo("mail loop");
        assertThat(route(List.of(MESSAGE_ID))).isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void theReasonNamesTheConnectorAndWhatChoseIt() {
        RoutePlan plan = plan(left(List.of(MESSAGE_ID)), Contoso.OLD);

        assertThat(plan.groups().get(0).recipients().get(0).reason().text())
                .contains(
                        "outbound connector 'contoso/To the old servers' (its setting recipientDomains, mailflow.xml",
                        "legacy.contoso.com is internalRelay");
        assertThat(RouteFailure.of(plan.groups().get(0).route())).contains(Reply.HOP_COUNT_EXCEEDED);
    }

    @Test
    void anotherRecipientAndAnotherWayAreNoLoop() {
        List<Entry<String, String>> header = left(List.of(MESSAGE_ID));

        assertThat(route(header, EmailAddress.parse("new@legacy.contoso.com")))
                .isEqualTo("connector contoso/To the old servers");
        assertThat(route(header, Contoso.DAVID)).isEqualTo("connector contoso/To the cloud");
    }

    @Test
    void foldingAndCaseOfTheHeaderDoNotMatter() {
        List<Entry<String, String>> header = left(List.of(MESSAGE_ID)).stream()
                .map(field -> Map.entry(
                        field.getKey().toLowerCase(java.util.Locale.ROOT),
                        field.getValue().replace(" ", "\r\n\t ")))
                .toList();

        assertThat(route(header, EmailAddress.parse("OLD@Legacy.Contoso.com"))).isEqualTo("mail loop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "contoso",
                "contoso;",
                "contoso; AAAAAAAAAAAA AAAAAAAAAAAA",
                "contoso; ; kept AAAAAAAAAAAA",
                "fabrikam; AAAAAAAAAAAA",
                "%zz; AAAAAAAAAAAA",
                "=?utf-8?q?contoso?=; x",
            })
    void aForgedMarkIsNone(String value) {
        assertThat(route(List.of(Map.entry(LoopMarks.FIELD, value), MESSAGE_ID)))
                .isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void theMarkOfAnotherServerIsNone() {
        List<Entry<String, String>> foreign = leave(Contoso.mailflow(), List.of(MESSAGE_ID), Contoso.OLD);

        assertThat(route(foreign)).isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void theMarkOfAnotherMailIsNone() {
        Entry<String, String> mark = left(List.of(MESSAGE_ID)).get(0);

        assertThat(route(List.of(mark, Map.entry("Message-ID", "<2@contoso.com>"))))
                .isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void aMailThatSomebodyResendsIsAnotherOne() {
        List<Entry<String, String>> header = new ArrayList<>(left(List.of(MESSAGE_ID)));
        header.add(Map.entry("Resent-Message-ID", "<3@contoso.com>"));

        assertThat(route(header)).isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void aMailWithoutMessageIdIsKnownByDateAuthorAndSubject() {
        List<Entry<String, String>> fields =
                List.of(Map.entry("Date", "today"), Map.entry("From", "erin"), Map.entry("Subject", "hello"));

        assertThat(route(left(fields))).isEqualTo("mail loop");
    }

    @Test
    void theMarkIsFoldedAndNamesNobody() {
        List<EmailAddress> many = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            many.add(EmailAddress.parse("user" + i + "@legacy.contoso.com"));
        }

        List<String> lines = Router.plan(
                        mailflow, Optional.empty(), Optional.empty(), many, Contacts.NONE, marks(List.of(MESSAGE_ID)))
                .groups()
                .get(0)
                .loopMark();

        assertThat(lines).allMatch(line -> line.length() < 78).noneMatch(line -> line.contains("user"));
        assertThat(lines.get(0)).isEqualTo("X-Mailflow-Loop: contoso;");
        assertThat(String.join(" ", lines).strip().split("\\s+")).hasSize(2 + 1024);
    }

    @Test
    void theMarkDoesNotTellHowManyRecipientsThereAre() {
        assertThat(left(List.of(MESSAGE_ID)).get(0).getValue().strip().split("\\s+"))
                .hasSize(1 + 4);
    }

    @Test
    void onlySoMuchIsReadAsTheHopCountIsTheGuardBehind() {
        List<Entry<String, String>> header =
                new ArrayList<>(Collections.nCopies(60, Map.entry(LoopMarks.FIELD, "contoso; AAAA")));
        header.addAll(left(List.of(MESSAGE_ID)));

        assertThat(route(header)).isEqualTo("connector contoso/To the old servers");
    }

    @Test
    void aMarkIsReadWholeOrNotAtAll() {
        Entry<String, String> mark = left(List.of(MESSAGE_ID)).get(0);
        Entry<String, String> endless = Map.entry(LoopMarks.FIELD, mark.getValue() + " AAAAAAAAAAAA".repeat(5_000));

        assertThat(route(List.of(endless, MESSAGE_ID))).isEqualTo("connector contoso/To the old servers");
    }

    private String route(List<Entry<String, String>> header) {
        return route(header, Contoso.OLD);
    }

    private String route(List<Entry<String, String>> header, EmailAddress recipient) {
        return plan(header, recipient).groups().get(0).route().word();
    }

    private RoutePlan plan(List<Entry<String, String>> header, EmailAddress recipient) {
        return Router.plan(
                mailflow, Optional.empty(), Optional.empty(), List.of(recipient), Contacts.NONE, marks(header));
    }

    private LoopMarks marks(List<Entry<String, String>> header) {
        return LoopMarks.of(mailflow, LoopHeader.of(header), Optional.empty());
    }

    private List<Entry<String, String>> left(List<Entry<String, String>> fields) {
        return leave(mailflow, fields, Contoso.OLD);
    }

    /** The header of a mail when a server has sent it to a recipient. */
    private static List<Entry<String, String>> leave(
            Mailflow mailflow, List<Entry<String, String>> fields, EmailAddress recipient) {
        LoopMarks marks = LoopMarks.of(mailflow, LoopHeader.of(fields), Optional.empty());
        List<String> lines = Router.plan(
                        mailflow, Optional.empty(), Optional.empty(), List.of(recipient), Contacts.NONE, marks)
                .groups()
                .get(0)
                .loopMark();
        String field = String.join("\r\n", lines);
        List<Entry<String, String>> header = new ArrayList<>();
        header.add(Map.entry(LoopMarks.FIELD, field.substring(field.indexOf(':') + 1)));
        header.addAll(fields);
        return header;
    }
}
