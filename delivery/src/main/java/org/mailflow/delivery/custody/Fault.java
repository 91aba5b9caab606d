package org.mailflow.delivery.custody;

import org.apache.mailet.Mail;

/**
 * What kept a mail from going on, and is no fault of its next hop's.
 *
 * @param mail the mail with the recipients for whom the work is still to be done, in the processor where it goes on
 * @param cause what was thrown
 * @param place what threw it: a matcher, a mailet, a delivery
 */
public record Fault(Mail mail, Throwable cause, String place) {

    private static final int LONGEST = 500;

    /** The exception and its message, in one line. */
    public String reason() {
        String text = cause.toString().replaceAll("\\s+", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
