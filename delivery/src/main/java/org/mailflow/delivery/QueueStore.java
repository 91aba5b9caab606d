package org.mailflow.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;

/**
 * The store beneath all queues of a server, as an operator's actions need it. James' own interface can neither take one
 * mail out of a queue for sure, nor put it into another in the same step.
 */
public interface QueueStore {

    /**
     * Shows every mail of a queue, those in delivery too, with its envelope and attributes, without its message. A mail is
     * only to be looked at, and only as long as it is shown.
     *
     * @throws MessagingException where the queue cannot be read
     */
    void browse(MailQueueName queue, Consumer<View> viewer) throws MessagingException;

    /**
     * Shows one mail as {@link #browse} does, with its message.
     *
     * @param name of the mail; nothing is shown where it is not in the queue
     * @throws MessagingException where the queue cannot be read
     */
    void show(MailQueueName queue, String name, Consumer<View> viewer) throws MessagingException;

    /** The mails of a queue that are processed or delivered at this moment, by name. */
    Set<String> inHand(MailQueueName queue);

    /**
     * Takes mails out of a queue, and puts what the action makes of them into others, in one step: after a crash, or where
     * the action throws, all of it happened or nothing.
     *
     * @param names of the mails; those that are in hand, or gone, are left out
     * @return the names of those that were taken
     * @throws MessagingException where the action throws it, or the store fails
     */
    Set<String> transfer(MailQueueName queue, Collection<String> names, Action action) throws MessagingException;

    /** What is done to each mail. */
    @FunctionalInterface
    interface Action {

        /** Does it; the mail is gone from its queue then. */
        void apply(Mail mail, Outlet outlet) throws MessagingException;
    }

    /** Where an action puts mail. */
    @FunctionalInterface
    interface Outlet {

        /** Puts a mail into a queue. */
        void put(Mail mail, MailQueueName queue, Duration delay) throws MessagingException;
    }

    /**
     * A mail of a queue.
     *
     * @param mail the mail
     * @param due when it may be taken
     * @param size of its message in bytes
     */
    record View(Mail mail, Instant due, long size) {}
}
