package org.mailflow.delivery;

/** A host did not get as far as taking a mail: the next one may. */
final class HostTrouble extends Exception {

    private static final long serialVersionUID = 1L;

    HostTrouble(String message) {
        super(message);
    }

    HostTrouble(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, which is never missing. */
    String text() {
        return String.valueOf(getMessage());
    }
}
