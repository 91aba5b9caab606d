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
 */
record DemoMail(String messageId, String sender, List<String> recipients, String subject) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);

    /** Copies the list. */
    DemoMail {
        recipients = List.copyOf(recipients);
    }

    /** Writes the mail of a flow. */
    static DemoMail of(DemoFlow flow) {
        String domain = flow.sender().substring(flow.sender().indexOf('@') + 1);
        return new DemoMail(
                "<" + flow.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@" + domain + ">",
                flow.sender(),
                flow.recipients(),
                flow.name() + ": " + flow.title());
    }

    /** The content, as it goes over the wire. */
    byte[] content() {
        String text = "Message-ID: " + messageId + "\r\n"
                + "Date: " + DATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
                + "From: " + sender + "\r\n"
                + "To: " + String.join(",\r\n\t", recipients) + "\r\n"
                + "Subject: " + subject + "\r\n"
                + "\r\n"
                + "A mail of the demo.\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
