package org.mailflow.james;

import java.util.concurrent.ExecutionException;
import javax.mail.MessagingException;
import org.apache.mailet.MailetContext;
import org.jspecify.annotations.Nullable;

/**
 * Turns errors into exceptions that James knows how to handle. A stock James lets an {@link Error} in a matcher or mailet
 * (a stack overflow, a class that is missing) take a thread of its spooler and the mail's place in the queue with it;
 * for an exception it does what {@code onMatchException} and {@code onMailetException} say. Our server's spooler is one that
 * bears errors, and tries such mail again whatever these say: there an error stays one.
 */
public final class Contained {

    /**
     * What a matcher finds out.
     *
     * @param <T> what that is
     */
    @FunctionalInterface
    public interface Question<T> {
        /** Finds it out. */
        T ask() throws MessagingException;
    }

    /** What a mailet does. */
    @FunctionalInterface
    public interface Task {
        /** Does it. */
        void run() throws MessagingException;
    }

    /** The attribute of a mailet context whose spooler bears errors. */
    private static final String BEARS_ERRORS = "org.mailflow.spoolerBearsErrors";

    private Contained() {}

    /** Tells the matchers and mailets of a context that its spooler bears errors. */
    @SuppressWarnings("deprecation") // James gives matchers and mailets of one server nothing else in common.
    public static void leaveErrors(MailetContext context) {
        context.setAttribute(BEARS_ERRORS, true);
    }

    @SuppressWarnings("deprecation") // As above.
    private static boolean leavesErrors(@Nullable MailetContext context) {
        return context != null && context.getAttribute(BEARS_ERRORS) != null;
    }

    /**
     * Asks.
     *
     * @param context the matcher's
     * @param who the matcher, for the message of the exception
     * @throws MessagingException as the question throws it, and in a stock James for any error in it
     */
    public static <T> T ask(@Nullable MailetContext context, String who, Question<T> question)
            throws MessagingException {
        try {
            return question.ask();
        } catch (Error e) {
            if (leavesErrors(context)) {
                throw e;
            }
            throw new MessagingException(who + ": " + e, new ExecutionException(e));
        }
    }

    /**
     * Runs.
     *
     * @param context the mailet's
     * @param who the mailet, for the message of the exception
     * @throws MessagingException as the task throws it, and in a stock James for any error in it
     */
    public static void run(@Nullable MailetContext context, String who, Task task) throws MessagingException {
        try {
            task.run();
        } catch (Error e) {
            if (leavesErrors(context)) {
                throw e;
            }
            throw new MessagingException(who + ": " + e, new ExecutionException(e));
        }
    }
}
