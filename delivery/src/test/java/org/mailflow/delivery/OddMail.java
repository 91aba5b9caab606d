package org.mailflow.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A mail as a listener takes it, with all that relays like to mend; the same for the same seed. */
final class OddMail {

    private static final String[] NAMES = {
        "Subject", "X-Odd", "To", "x-lower", "Received", "Comments", "DKIM-Signature", "List-Id", "X-", "Date", "Bcc"
    };
    private static final String[] WORDS = {
        "word",
        "",
        " ",
        "\t",
        "  two  blanks  ",
        "=?utf-8?q?=C3=A4?=",
        "=?broken?",
        "\"quoted\\\" text\"",
        "(comment (nested))",
        "\u00e4\u00f6\u00fc",
        "\u00c3\u00a4",
        "<a@b.example>",
        ",",
        ";",
        ":",
        "\u0001\u007f",
        "x".repeat(200)
    };
    private static final String[] LINES = {
        "",
        ".",
        "..",
        ".dot",
        "...three",
        "From here",
        "trailing  \t",
        " leading",
        "--b",
        "--b--",
        "--",
        "\u00e4\u00ff\u0080",
        "\f\u0001",
        "x".repeat(998),
        "y".repeat(3_000),
        "QUIT",
        "=3D=",
        "begin 644 file",
        "Subject: not a field"
    };

    private final Random random;
    private final StringBuilder mail = new StringBuilder();

    OddMail(int seed) {
        random = new Random(seed);
    }

    byte[] bytes() {
        fields(1 + random.nextInt(12));
        if (random.nextInt(20) > 0) {
            entity(0);
        }
        if (random.nextInt(5) == 0 && mail.toString().endsWith("\r\n")) {
            mail.setLength(mail.length() - 2);
        }
        return mail.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void fields(int count) {
        for (int i = 0; i < count; i++) {
            mail.append(NAMES[random.nextInt(NAMES.length)])
                    .append(random.nextInt(10) == 0 ? " :" : ":")
                    .append(" ".repeat(random.nextInt(3)));
            int words = random.nextInt(6);
            for (int j = 0; j < words; j++) {
                mail.append(WORDS[random.nextInt(WORDS.length)]);
                if (random.nextInt(4) == 0) {
                    mail.append("\r\n").append(random.nextBoolean() ? " " : "\t\t");
                }
            }
            mail.append("\r\n");
        }
    }

    private void entity(int depth) {
        int kind = depth > 5 ? 0 : random.nextInt(4);
        if (kind == 1) {
            mail.append("Content-Type: multipart/mixed;\r\n boundary=\"b")
                    .append(depth)
                    .append("\"\r\n\r\n");
            lines(random.nextInt(2));
            int parts = random.nextInt(4);
            for (int i = 0; i < parts; i++) {
                mail.append("--b").append(depth).append("\r\n");
                fields(random.nextInt(3));
                entity(depth + 1);
                mail.append("\r\n");
            }
            if (random.nextInt(4) > 0) {
                mail.append("--b").append(depth).append("--\r\n");
            }
        } else if (kind == 2) {
            mail.append("Content-Type: message/rfc822\r\n\r\n");
            fields(random.nextInt(4));
            entity(depth + 1);
        } else {
            mail.append("\r\n");
            lines(random.nextInt(10));
        }
    }

    private void lines(int count) {
        for (int i = 0; i < count; i++) {
            mail.append(LINES[random.nextInt(LINES.length)]).append("\r\n");
        }
    }
}
