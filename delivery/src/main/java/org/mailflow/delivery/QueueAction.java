package org.mailflow.delivery;

import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;

/** What an operator has done to mails. */
interface QueueAction {

    /** What it is to a mail, for events: {@code operator: held}. */
    String reason();

    /**
     * Does it to a mail.
     *
     * @param from the queue that it was in
     */
    void apply(Mail mail, MailQueueName from, QueueStore.Outlet outlet) throws MessagingException;
}
