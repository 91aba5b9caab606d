package org.mailflow.directory;

/** An entry cannot be understood; the message says why, for administrators. */
final class UnusableEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableEntryException(String message) {
        super(message);
    }
}
