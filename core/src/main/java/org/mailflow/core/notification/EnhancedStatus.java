package org.mailflow.core.notification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the enhanced status code of a reply (RFC 2034, 3463). */
final class EnhancedStatus {

    private static final Pattern STATUS =
            Pattern.compile("(?:[245][0-9]{2}[ -])?\\s*([245])(\\.[0-9]{1,3}\\.[0-9]{1,3})(?:\\s.*)?", Pattern.DOTALL);

    private EnhancedStatus() {}

    /**
     * The status of a recipient. Its class is the action's: a host's 4.2.2 is 5.2.2 of a mail that is given up.
     *
     * @param reply of the host or of this server, with or without a code
     */
    static String of(DeliveryAction action, String reply) {
        Matcher status = STATUS.matcher(reply.strip());
        return status.matches() ? action.status().charAt(0) + status.group(2) : action.status();
    }
}
