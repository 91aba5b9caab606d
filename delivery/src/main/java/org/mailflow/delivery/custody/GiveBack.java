package org.mailflow.delivery.custody;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import javax.mail.MessagingException;

/** An item has to go back into its queue, after a while. */
final class GiveBack extends MessagingException {

    private static final long serialVersionUID = 1L;
    /** An item keeps its place among the workers until it is given back: others wait for it. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final transient Duration wait;

    private GiveBack(Duration wait, Exception cause) {
        super(cause.getMessage(), cause);
        this.wait = wait;
    }

    /**
     * Gives it back after this wait, or after a minute where that is longer.
     *
     * @param cause why it has no new place
     */
    static GiveBack after(Duration wait, Throwable cause) {
        Exception wrapped = cause instanceof Exception exception ? exception : new ExecutionException(cause);
        return new GiveBack(wait.compareTo(LONGEST) > 0 ? LONGEST : wait, wrapped);
    }

    Duration waitBefore() {
        return wait;
    }
}
