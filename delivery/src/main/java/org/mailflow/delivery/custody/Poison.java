package org.mailflow.delivery.custody;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/** Where mail is set aside that failed too often. */
@FunctionalInterface
public interface Poison {

    /**
     * Keeps a mail.
     *
     * @return the URL of the repository where it is
     * @throws MessagingException where it cannot be kept: it must stay where it is
     */
    String keep(Mail mail) throws MessagingException;
}
