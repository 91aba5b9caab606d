package org.mailflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;

/**
 * A mail of a certain size, whose Message-ID and first line of text carry its number. It is plain text in lines of 70 octets, with
 * every field that a server would add otherwise, and it needs no dot-stuffing.
 */
final class Content {

    private static final String HEADER =
            """
            From: Erin <erin@%1$s>\r
            To: Recipient <recipient@relay.test>\r
            Subject: a mail that is relayed\r
            Date: Tue, 06 Jan 2026 10:00:00 +0000\r
            Message-ID: <%2$s@%1$s>\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=us-ascii\r
            Content-Transfer-Encoding: 7bit\r
            \r
            %2$s\r
            """;

    private static final String PLACE = "####################";
    private static final String LINE = "A line of some text, as people write them to each other in their mail\r\n";

    private final byte[] template;
    private final int inHeader;
    private final int inBody;

    private Content(byte[] template, int inHeader, int inBody) {
        this.template = template;
        this.inHeader = inHeader;
        this.inBody = inBody;
    }

    /**
     * A mail of so many octets, the end of the last line included.
     *
     * @param size at least 1024
     */
    static Content ofSize(int size) {
        StringBuilder text = new StringBuilder(HEADER.formatted(Senders.DOMAIN, PLACE));
        int inHeader = text.indexOf(PLACE);
        int inBody = text.lastIndexOf(PLACE);
        while (text.length() + LINE.length() <= size) {
            text.append(LINE);
        }
        int rest = size - text.length();
        text.insert(text.length() - 2, "x".repeat(rest));
        return new Content(text.toString().getBytes(US_ASCII), inHeader, inBody);
    }

    int size() {
        return template.length;
    }

    /** What marks this mail among all: text that is nowhere else. */
    static String mark(MailNumber mail) {
        return String.format(Locale.ROOT, "%08d-%08d-xx", mail.run(), mail.number());
    }

    /** The mail with its number. */
    byte[] of(MailNumber mail) {
        byte[] copy = Arrays.copyOf(template, template.length);
        byte[] mark = Arrays.copyOf(mark(mail).getBytes(US_ASCII), PLACE.length());
        Arrays.fill(mark, mark(mail).length(), mark.length, (byte) 'x');
        System.arraycopy(mark, 0, copy, inHeader, mark.length);
        System.arraycopy(mark, 0, copy, inBody, mark.length);
        return copy;
    }
}
