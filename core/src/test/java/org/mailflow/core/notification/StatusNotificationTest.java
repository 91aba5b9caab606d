package org.mailflow.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusNotificationTest {

    private static final Instant ARRIVAL = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant ATTEMPT = Instant.parse("2026-03-01T12:00:01Z");
    private static final Instant UNTIL = Instant.parse("2026-03-03T08:00:00Z");

    private static StatusNotification notification(DeliveryReport report) {
        return new StatusNotification(
                report, "mail.contoso.com", Optional.of("id-1"), Map.of("bob@fabrikam.com", "info@contoso.com"), true);
    }

    private static DeliveryReport report(DeliveryAction action, RecipientStatus... recipients) {
        return new DeliveryReport(
                action,
                Optional.of("Fabrikam"),
                Optional.of(ARRIVAL),
                action == DeliveryAction.DELAYED ? Optional.of(UNTIL) : Optional.empty(),
                List.of(recipients));
    }

    private static RecipientStatus status(String recipient, String reply) {
        return new RecipientStatus(
                recipient,
                reply,
                Optional.of("mx.fabrikam.com"),
                Optional.of("192.0.2.1"),
                Optional.of(ATTEMPT),
                Optional.empty());
    }

    @Test
    void tellsOfEachRecipientWhatItsHostSaid() {
        DeliveryReport report = report(
                DeliveryAction.FAILED,
                status("bob@fabrikam.com", "550 5.1.1 unknown"),
                new RecipientStatus(
                        "late@fabrikam.com",
                        "452 4.2.2 full",
                        Optional.empty(),
                        Optional.of("2001:db8::1"),
                        Optional.of(ATTEMPT),
                        Optional.of("550 5.4.300 Message expired after 3 attempts")));

        assertThat(notification(report).fields())
                .isEqualTo(String.join(
                        "\r\n",
                        "Original-Envelope-Id: id-1",
                        "Reporting-MTA: dns; mail.contoso.com",
                        "Arrival-Date: Sun, 1 Mar 2026 08:00:00 +0000",
                        "",
                        "Original-Recipient: rfc822; info@contoso.com",
                        "Final-Recipient: rfc822; bob@fabrikam.com",
                        "Action: failed",
                        "Status: 5.1.1",
                        "Remote-MTA: dns; mx.fabrikam.com ([192.0.2.1])",
                        "Diagnostic-Code: smtp; 550 5.1.1 unknown",
                        "Last-Attempt-Date: Sun, 1 Mar 2026 12:00:01 +0000",
                        "",
                        "Final-Recipient: rfc822; late@fabrikam.com",
                        "Action: failed",
                        "Status: 5.4.300",
                        "Remote-MTA: dns; [IPv6:2001:db8::1]",
                        "Diagnostic-Code: smtp; 452 4.2.2 full",
                        "Last-Attempt-Date: Sun, 1 Mar 2026 12:00:01 +0000",
                        ""));
        assertThat(notification(report).text())
                .contains("bob@fabrikam.com (info@contoso.com)")
                .contains("mx.fabrikam.com [192.0.2.1]: 550 5.1.1 unknown")
                .contains("550 5.4.300 Message expired after 3 attempts")
                .contains("Outbound connector: Fabrikam");
    }

    @Test
    void tellsHowLongAMailThatIsLateIsTried() {
        StatusNotification late =
                notification(report(DeliveryAction.DELAYED, status("bob@fabrikam.com", "cannot connect: refused")));

        assertThat(late.fields())
                .contains("Action: delayed\r\n")
                .contains("Status: 4.0.0\r\n")
                .contains("Diagnostic-Code: X-Mailflow; cannot connect: refused\r\n")
                .contains("Will-Retry-Until: Tue, 3 Mar 2026 08:00:00 +0000\r\n");
        assertThat(late.text()).contains("It is tried until Tue, 3 Mar 2026 08:00:00 +0000");
        assertThat(late.subject(Optional.of("Offer"))).isEqualTo("Delivery delayed: Offer");
    }

    @Test
    void keepsConnectorsFromStrangers() {
        StatusNotification toAStranger = new StatusNotification(
                report(DeliveryAction.FAILED, status("bob@fabrikam.com", "550 no")),
                "mail.contoso.com",
                Optional.empty(),
                Map.of(),
                false);

        assertThat(toAStranger.text() + toAStranger.fields()).doesNotContain("Fabrikam\r\n");
    }

    @Test
    void whateverAHostSaysBeginsNoFieldAndNoLongLine() {
        DeliveryReport report = report(
                DeliveryAction.FAILED,
                status(
                        "bob@fabrikam.com",
                        "550 \r\nAction: delivered\r\n\r\nFinal-Recipient: rfc822; eve \u00e4 " + "word ".repeat(200)
                                + "x".repeat(2_000)));

        String fields = notification(report).fields();

        assertThat(fields.lines().filter(line -> line.startsWith("Action:"))).containsExactly("Action: failed");
        assertThat(fields.lines().filter(line -> line.startsWith("Final-Recipient:")))
                .hasSize(1);
        assertThat(fields.lines())
                .allMatch(line -> line.length() <= 998)
                .allMatch(line -> line.matches("[\\x20-\\x7E]*"));
        assertThat(fields.lines().filter(String::isEmpty)).hasSize(1);
        assertThat(notification(report).subject(Optional.of("a\r\nBcc: eve@example.com")))
                .isEqualTo("Undeliverable: a Bcc: eve@example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED,  550 5.1.1 unknown,            5.1.1",
        "FAILED,  550-5.7.1 said in two lines,  5.7.1",
        "FAILED,  550 unknown,                  5.0.0",
        "FAILED,  452 4.2.2 full,               5.2.2",
        "FAILED,  550 5.4.300 expired,          5.4.300",
        "FAILED,  550 5.1.1,                    5.1.1",
        "FAILED,  550 5.1.12345 no status,      5.0.0",
        "FAILED,  550 at 5.1.1,                 5.0.0",
        "DELAYED, 451 4.7.1 greylisted,         4.7.1",
        "DELAYED, 4.4.317 no session,           4.4.317",
        "DELAYED, 550 5.1.1 unknown,            4.1.1",
        "DELAYED, cannot connect,               4.0.0",
        "RELAYED, 250 2.6.0 queued,             2.6.0",
        "RELAYED, 250 ok,                       2.0.0"
    })
    void theStatusIsTheHostsInTheClassOfTheAction(DeliveryAction action, String reply, String status) {
        assertThat(EnhancedStatus.of(action, reply)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED,  ,                true",
        "DELAYED, ,                true",
        "RELAYED, ,                false",
        "FAILED,  NEVER,           false",
        "DELAYED, NEVER,           false",
        "RELAYED, NEVER,           false",
        "FAILED,  SUCCESS,         false",
        "RELAYED, SUCCESS,         true",
        "DELAYED, FAILURE,         false",
        "FAILED,  FAILURE DELAY,   true",
        "DELAYED, FAILURE DELAY,   true",
        "RELAYED, FAILURE SUCCESS, true"
    })
    void tellsWhatTheSenderAskedFor(DeliveryAction action, @Nullable String asked, boolean told) {
        Optional<Set<NotifyOn>> wishes = Optional.ofNullable(asked)
                .map(words ->
                        Arrays.stream(words.split(" ")).map(NotifyOn::valueOf).collect(Collectors.toSet()));

        assertThat(NotifyOn.isToldOf(action, wishes)).isEqualTo(told);
    }

    @Test
    void aReportIsTheSameAfterItsJourney() {
        DeliveryReport report = report(DeliveryAction.DELAYED, status("bob@fabrikam.com", "451 4.3.0 \u00e4\r\n\"x\""));

        assertThat(DeliveryReport.parse(report.toText())).isEqualTo(report);
        assertThat(report.toText().lines()).hasSize(1);
    }
}
