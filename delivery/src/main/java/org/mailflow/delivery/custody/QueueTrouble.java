package org.mailflow.delivery.custody;

import com.google.common.base.Throwables;
import java.io.IOException;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue.MailQueueException;

/** Tells a queue that takes or forgets no mail, whichever it is, from a mail that no queue can take. */
final class QueueTrouble {

    private QueueTrouble() {}

    /**
     * Whether a failure is the queue's alone. What a queue met when it read the mail is told by an exception of mail's or
     * an error among its causes.
     */
    static boolean isAll(Throwable failure) {
        return failure instanceof MailQueueException
                && Throwables.getCausalChain(failure).stream()
                        .allMatch(cause -> cause instanceof MailQueueException
                                || cause instanceof IOException
                                || !(cause instanceof MessagingException
                                        || cause instanceof RuntimeException
                                        || cause instanceof Error));
    }
}
