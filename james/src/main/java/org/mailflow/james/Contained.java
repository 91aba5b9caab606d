package org.mailflow.james;

import java.util.concurrent.ExecutionException;
import javax.mail.MessagingException;

/**
 * Turns errors into exceptions that James knows how to handle. A stock James lets an {@link Error} in a matcher or mailet
 * (a stack overflow, a class that is missing) take a thread of its spooler and the mail's place in the queue with it;
 * for an exception it does what {@code onMatchException} and {@code onMailetException} say.
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

    private Contained() {}

    /**
     * Asks.
     *
     * @param who the matcher, for the message of the exception
     * @throws MessagingException as the question throws it, and for any error in it
     */
    public static <T> T ask(String who, Question<T> question) throws MessagingException {
        try {
            return question.ask();
        } catch (Error e) {
            throw new MessagingException(who + ": " + e, new ExecutionException(e));
        }
    }

    /**
     * Runs.
     *
     * @param who the mailet, for the message of the exception
     * @throws MessagingException as the task throws it, and for any error in it
     */
    public static void run(String who, Task task) throws MessagingException {
        try {
            task.run();
        } catch (Error e) {
            throw new MessagingException(who + ": " + e, new ExecutionException(e));
        }
    }
}
