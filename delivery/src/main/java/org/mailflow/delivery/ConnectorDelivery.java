package org.mailflow.delivery;

import java.time.Duration;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/** The delivery of one queue: it takes mail over, and hands it on in its own time. */
interface ConnectorDelivery {

    /**
     * Takes a mail over.
     *
     * @throws MessagingException where it cannot be enqueued: it is still the caller's then
     */
    void accept(Mail mail) throws MessagingException;

    /** Brings forward what waits for its next attempt. */
    void hurry();

    /** Takes up what a reload changed of how much is under way at once. */
    void refresh();

    /** Whether the queue is read: its mails are taken when they are due. */
    boolean isReading();

    /** Begins no further attempt. */
    void stop();

    /** Waits for the attempts under way after {@link #stop}, and cuts off those that take longer. */
    void awaitEnd(Duration limit);
}
