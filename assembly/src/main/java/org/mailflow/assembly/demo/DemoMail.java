package org.mailflow.assembly.demo;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A mail of the demo.
 *
 * @param messageId the header, with its angle brackets: no other mail has it
 * @param sender MAIL FROM and From
 * @param recipients RCPT TO and To
 * @param subject the header
 * @param fields more of the header, a field each
 */
record DemoMail(String messageId, String sender, List<String> recipients, String subject, List<String> fields) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    /** Copies the lists. */
    DemoMail {
        recipients = List.copyOf(recipients);
        fields = List.copyOf(fields);
    }

    /** Writes the mail of a scenario. */
    static DemoMail of(Scenario scenario, String sender, List<String> recipients) {
        String domain = sender.substring(sender.indexOf('@') + 1);
        return new DemoMail(
                "<" + scenario.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@" + domain + ">",
                sender,
                recipients,
                scenario.name() + ": " + scenario.title(),
                List.of());
    }

    /** The same with these fields too. */
    DemoMail with(List<String> more) {
        return new DemoMail(messageId, sender, recipients, subject, more);
    }

    /** The content, as it goes over the wire. */
    byte[] content() {
        String text = "Message-ID: " + messageId + "\r\n"
                + "Date: " + DATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
                + "From: " + sender + "\r\n"
                + "To: " + String.join(",\r\n\t", recipients) + "\r\n"
                + "Subject: " + subject + "\r\n"
                + String.join("", fields.stream().map(field -> field + "\r\n").toList())
                + "\r\n"
                + "A mail of the demo.\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
