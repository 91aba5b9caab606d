package org.mailflow.benchmarks.relay;

/** A server has refused a connection or a mail; the message is what it said. */
final class UnwelcomeException extends Exception {

    private static final long serialVersionUID = 1L;

    UnwelcomeException(String reply) {
        super(reply);
    }

    /** Whether it may be asked again. */
    boolean isTemporary() {
        return getMessage() != null && getMessage().startsWith("4");
    }
}
