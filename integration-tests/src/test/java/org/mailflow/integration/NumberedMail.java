package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * A mail that is told from all others by its number wherever it arrives: in a mailbox of the gateway, and by each of two
 * connectors.
 *
 * @param number its own
 * @param attempt how often its client has sent it, this time included
 */
record NumberedMail(int number, int attempt) {

    /** The header with the number. */
    static final String NUMBER = "X-Faults-Number";
    /** The header with the attempt. */
    static final String ATTEMPT = "X-Faults-Attempt";

    /** What arrives in the cloud. */
    static final String IN_THE_CLOUD = "cloud@contoso.mail.onmicrosoft.com";
    /** What arrives at the partner. */
    static final String PARTNER = "box@partner.test";

    private static final String CLOUD = "cloud@contoso.com";
    private static final int USERS = 8;

    /** Everybody with a mailbox at the gateway. */
    static String[] users() {
        String[] users = new String[USERS];
        for (int i = 0; i < USERS; i++) {
            users[i] = "user" + i + "@contoso.com";
        }
        return users;
    }

    /** A text in the envelope that no other mail has. */
    String sender() {
        return "sender-" + number + "-" + attempt + "@contoso.com";
    }

    /** A text in the body that no other mail has. */
    String marker() {
        return "marker-" + number + "-" + attempt + ";";
    }

    List<String> recipients() {
        return List.of(users()[number % USERS], CLOUD, PARTNER);
    }

    byte[] content() {
        String headers = "Message-ID: <" + number + "-" + attempt + "@faults.test>\r\n"
                + "Date: Mon, 5 Jan 2026 10:00:00 +0000\r\n"
                + "From: printer@contoso.com\r\n"
                + "To: undisclosed-recipients:;\r\n"
                + "Subject: mail " + number + "\r\n"
                + NUMBER + ": " + number + "\r\n"
                + ATTEMPT + ": " + attempt + "\r\n";
        return (headers + "\r\n" + marker() + "\r\n" + "A line of text as mails have it.\r\n".repeat(20))
                .getBytes(US_ASCII);
    }
}
