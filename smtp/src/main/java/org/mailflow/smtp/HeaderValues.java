package org.mailflow.smtp;

import java.util.List;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/** Reads the header of a mail that has come in. */
final class HeaderValues {

    private HeaderValues() {}

    /** The values of all fields of this name, from the top. */
    static List<String> of(Mail mail, String name) throws MessagingException {
        String[] values = mail.getMessage().getHeader(name);
        return values == null ? List.of() : List.of(values);
    }
}
