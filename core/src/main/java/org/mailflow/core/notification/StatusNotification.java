package org.mailflow.core.notification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Stamp;

/**
 * A status notification (RFC 3464): the words for people, and the fields for programs. The original message that it brings
 * back is not part of it.
 *
 * @param report what there is to tell
 * @param reportingMta this server's name
 * @param envelopeId the sender's own id of the mail (ENVID); empty where he gave none
 * @param originalRecipients the recipients as the sender had them (ORCPT), by the addresses that were tried
 * @param withConnector whether the reader may know by which connector the mail went: people of the organization may
 */
public record StatusNotification(
        DeliveryReport report,
        String reportingMta,
        Optional<String> envelopeId,
        Map<String, String> originalRecipients,
        boolean withConnector) {

    private static final String REPLY = "[2-5][0-9]{2}([ -].*)?";
    private static final int MOST_IN_TEXT = 200;
    private static final int LONGEST_SUBJECT = 200;

    /** Copies the recipients. */
    public StatusNotification {
        originalRecipients = Map.copyOf(originalRecipients);
    }

    /**
     * The report of those recipients of whom the sender is told.
     *
     * @return empty where he is told of none
     */
    public static Optional<DeliveryReport> wanted(DeliveryReport report, Predicate<RecipientStatus> isToldOf) {
        List<RecipientStatus> told =
                report.recipients().stream().filter(isToldOf).toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryReport(
                        report.action(), report.connector(), report.arrival(), report.retryUntil(), told));
    }

    /**
     * Whether the sender of a mail may know which connectors there are: he may who belongs to the organization.
     *
     * @param stamp of the mail; empty for mail that this server made
     */
    public static boolean mayKnowConnectors(Optional<Stamp> stamp) {
        return stamp.map(Stamp::directionality)
                .filter(Directionality.INCOMING::equals)
                .isEmpty();
    }

    /** The subject, in Exchange's words. */
    public String subject(Optional<String> original) {
        String prefix = report.action().subjectPrefix();
        String of = original.map(text -> text.replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(text -> !text.isEmpty())
                .orElse("(no subject)");
        return prefix + (of.length() > LONGEST_SUBJECT ? of.substring(0, LONGEST_SUBJECT) + "…" : of);
    }

    /** The words for people. */
    public String text() {
        StringBuilder text = new StringBuilder(report.action().introduction()).append("\r\n\r\n");
        report.recipients().stream().limit(MOST_IN_TEXT).forEach(status -> text.append(paragraph(status))
                .append("\r\n"));
        if (report.recipients().size() > MOST_IN_TEXT) {
            text.append("… and ")
                    .append(report.recipients().size() - MOST_IN_TEXT)
                    .append(" others, as the second part of this message tells.\r\n\r\n");
        }
        report.retryUntil().ifPresent(until -> text.append("It is tried until ")
                .append(StatusFields.date(until))
                .append(".\r\n\r\n"));
        text.append("Diagnostic information for administrators:\r\n  Generating server: ")
                .append(StatusFields.plain(reportingMta))
                .append("\r\n");
        if (withConnector) {
            report.connector().ifPresent(name -> text.append("  Outbound connector: ")
                    .append(StatusFields.plain(name))
                    .append("\r\n"));
        }
        return text.toString();
    }

    private String paragraph(RecipientStatus status) {
        StringBuilder text = new StringBuilder(StatusFields.plain(status.recipient()));
        original(status)
                .ifPresent(original -> text.append(" (").append(original).append(')'));
        text.append("\r\n");
        status.reason()
                .ifPresent(reason ->
                        text.append("  ").append(StatusFields.plain(reason)).append("\r\n"));
        String who = host(status).map(host -> host + ": ").orElse("");
        if (report.action() != DeliveryAction.RELAYED && !status.reply().isBlank()) {
            text.append("  ")
                    .append(who)
                    .append(StatusFields.plain(status.reply()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private Optional<String> original(RecipientStatus status) {
        return Optional.ofNullable(originalRecipients.get(status.recipient()))
                .filter(original -> !original.equalsIgnoreCase(status.recipient()))
                .map(StatusFields::plain);
    }

    private static Optional<String> host(RecipientStatus status) {
        return status.remoteHost()
                .map(name ->
                        name + status.remoteAddress().map(a -> " [" + a + "]").orElse(""))
                .or(() -> status.remoteAddress().map(address -> "[" + address + "]"))
                .map(StatusFields::plain);
    }

    private static boolean isSmtp(RecipientStatus status) {
        return status.reply().matches(REPLY);
    }

    /** The fields for programs: the content of the part {@code message/delivery-status}. */
    public String fields() {
        StatusFields fields = new StatusFields();
        envelopeId.ifPresent(id -> fields.field("Original-Envelope-Id", id));
        fields.field("Reporting-MTA", "dns; " + reportingMta);
        report.arrival().ifPresent(arrival -> fields.field("Arrival-Date", arrival));
        report.recipients().forEach(status -> recipient(fields.next(), status));
        return fields.toString();
    }

    private void recipient(StatusFields fields, RecipientStatus status) {
        Optional.ofNullable(originalRecipients.get(status.recipient()))
                .ifPresent(original -> fields.field("Original-Recipient", "rfc822; " + original));
        fields.field("Final-Recipient", "rfc822; " + status.recipient());
        fields.field("Action", report.action().word());
        fields.field(
                "Status", EnhancedStatus.of(report.action(), status.reason().orElse(status.reply())));
        remoteMta(status).ifPresent(mta -> fields.field("Remote-MTA", mta));
        diagnosticCode(status).ifPresent(code -> fields.field("Diagnostic-Code", code));
        status.lastAttempt().ifPresent(instant -> fields.field("Last-Attempt-Date", instant));
        report.retryUntil().ifPresent(instant -> fields.field("Will-Retry-Until", instant));
    }

    /** The name with the address as a comment; the address as a name where there is none (RFC 3464, 2.1.2 and 2.3.5). */
    private static Optional<String> remoteMta(RecipientStatus status) {
        Optional<String> literal = status.remoteAddress()
                .map(address -> address.contains(":") ? "[IPv6:" + address + "]" : "[" + address + "]");
        return status.remoteHost()
                .map(name ->
                        "dns; " + name + literal.map(text -> " (" + text + ")").orElse(""))
                .or(() -> literal.map(text -> "dns; " + text));
    }

    /** What is no SMTP reply is in words of our own, and says so (RFC 3464, 2.3.6). */
    private static Optional<String> diagnosticCode(RecipientStatus status) {
        return status.reply().isBlank()
                ? Optional.empty()
                : Optional.of((isSmtp(status) ? "smtp; " : "X-Mailflow; ") + status.reply());
    }
}
