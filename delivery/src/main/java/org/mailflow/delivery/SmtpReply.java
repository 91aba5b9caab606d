package org.mailflow.delivery;

import java.util.List;

/**
 * What a host answered (RFC 5321, 4.2). The text is safe for a log and for a bounce: control characters are gone.
 *
 * @param code of three digits
 * @param text all lines in one
 */
record SmtpReply(int code, String text) {

    private static final int MAX_TEXT = 1_000;

    static SmtpReply of(int code, List<String> lines) {
        String text = String.join(" ", lines).replaceAll("[^\\x20-\\x7E]", "?").strip();
        return new SmtpReply(code, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text);
    }

    boolean isPositive() {
        return code >= 200 && code < 300;
    }

    boolean isPermanentFailure() {
        return code >= 500;
    }

    @Override
    public String toString() {
        return text.isEmpty() ? Integer.toString(code) : code + " " + text;
    }
}
