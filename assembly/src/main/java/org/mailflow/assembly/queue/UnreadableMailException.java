package org.mailflow.assembly.queue;

import org.apache.james.queue.api.MailQueue.MailQueueException;

/** A mail that cannot be made of what is stored of it. */
final class UnreadableMailException extends MailQueueException {
    private static final long serialVersionUID = 1L;

    UnreadableMailException(QueuedMail mail, String why) {
        super("mail " + mail.name() + " " + why);
    }

    UnreadableMailException(QueuedMail mail, Exception cause) {
        super("mail " + mail.name() + " cannot be read", cause);
    }
}
