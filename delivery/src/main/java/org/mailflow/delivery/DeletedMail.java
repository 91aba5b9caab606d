package org.mailflow.delivery;

import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepository;

/** Where mail is kept that an operator deleted. */
@FunctionalInterface
public interface DeletedMail {

    /**
     * The repository, which is made where it is missing.
     *
     * @throws MessagingException where it cannot be opened
     */
    MailRepository repository() throws MessagingException;
}
