package org.mailflow.delivery.custody;

import java.time.Duration;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;

/** Whose mails share a limit, so that nobody takes all workers of a queue. */
public interface Crowds {

    /** Whom a mail belongs to; empty where it need not leave room for others. */
    String of(Mail mail);

    /** How many of a crowd are worked on at once. */
    int most();

    /**
     * Puts an item back for which there is no room, and is done with it.
     *
     * @param wait when it is to come again
     * @throws MessagingException where it is still in hand, and must be given back
     */
    void putBack(MailQueueItem item, Duration wait) throws MessagingException;

    /** All mails of a queue are equal. */
    static Crowds none() {
        return new Crowds() {
            @Override
            public String of(Mail mail) {
                return "";
            }

            @Override
            public int most() {
                return Integer.MAX_VALUE;
            }

            @Override
            public void putBack(MailQueueItem item, Duration wait) {
                throw new IllegalStateException("nobody of them ever has no room");
            }
        };
    }
}
