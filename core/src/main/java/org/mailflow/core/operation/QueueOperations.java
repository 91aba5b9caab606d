package org.mailflow.core.operation;

import java.util.List;

/**
 * The queues of a running server, as an operator handles them. Everything works while mail flows. An action is done to a
 * mail as a whole or not at all; a crash in the middle leaves every mail in the old place or the new, or in both where the
 * new one is a repository. A mail that is processed or delivered at this moment is left alone.
 */
public interface QueueOperations {

    /**
     * Every queue: the spool first, connectors in the order of mailflow.xml, MX, and the queues of connectors that are
     * gone.
     *
     * @throws OperationException where a queue cannot be looked into
     */
    List<QueueSummary> queues() throws OperationException;

    /**
     * Mails, those that wait longest first.
     *
     * @param limit how many at most
     * @throws OperationException where there is no such queue
     */
    List<QueuedMail> mails(MailFilter filter, int limit) throws OperationException;

    /**
     * One mail with its headers and what is noted on it.
     *
     * @throws OperationException where it is in no queue
     */
    MailDetails mail(String id) throws OperationException;

    /**
     * Makes waiting mails due now. A mail that is due already counts as done.
     *
     * @throws OperationException where a mail that is named is in no queue, or busy; nothing has happened then. A mail that
     *     becomes busy later on is told of in the result
     */
    ActionResult retry(MailFilter filter) throws OperationException;

    /**
     * Holds mails: they stand aside, over restarts too, until they are released.
     *
     * @throws OperationException as with {@link #retry}
     */
    ActionResult hold(MailFilter filter) throws OperationException;

    /**
     * Puts held mails back into their queues, due now. The time on hold does not count to their expiry.
     *
     * @throws OperationException as with {@link #retry}
     */
    ActionResult release(MailFilter filter) throws OperationException;

    /**
     * Takes mails out of their queues.
     *
     * @throws OperationException as with {@link #retry}
     */
    ActionResult delete(MailFilter filter, Disposal disposal) throws OperationException;

    /**
     * Moves mails into the queue of another connector, or of MX; they are tried there as if they were new, and expire at
     * the time that they had.
     *
     * @param to the other queue
     * @throws OperationException as with {@link #retry}, and where there is no such connector
     */
    ActionResult move(MailFilter filter, String to) throws OperationException;

    /**
     * Holds a whole queue of a connector, or MX: attempts under way end, no other begins, over restarts too.
     *
     * @throws OperationException where there is no such queue, or it is the spool
     */
    void suspend(String queue) throws OperationException;

    /**
     * Lets attempts of a queue begin again; that takes up to ten seconds.
     *
     * @throws OperationException where there is no such queue
     */
    void resume(String queue) throws OperationException;
}
