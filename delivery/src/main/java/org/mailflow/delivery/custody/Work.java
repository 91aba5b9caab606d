package org.mailflow.delivery.custody;

import java.util.List;
import org.apache.mailet.Mail;

/** What is done with the mails of a queue. */
@FunctionalInterface
public interface Work {

    /**
     * Does it with one mail. Returns what could not be done; everything else is done, and the mail is not needed for it any
     * more. Where it throws, nothing is known, and all of it is done again.
     */
    List<Fault> run(Mail mail);
}
