package org.mailflow.delivery;

/** A host that took mails in a session does not want another one there; it says nothing of the mail, which may go in a new one. */
final class StaleSession extends Exception {
    private static final long serialVersionUID = 1L;

    StaleSession(String what) {
        super(what);
    }
}
