package org.mailflow.delivery;

import java.util.Optional;

/** A host did not get as far as taking a mail: the next one may. */
final class HostTrouble extends Exception {

    private static final long serialVersionUID = 1L;

    /** How the message begins where TLS is the trouble. */
    static final String TLS = "450 4.4.317 Cannot establish session with remote server";
    /** How the message begins where the account is the trouble; its name follows. */
    static final String LOGON = "cannot log on as ";

    private final transient Optional<PeerFacts> facts;

    HostTrouble(String message) {
        super(message);
        this.facts = Optional.empty();
    }

    /** TLS is demanded, and this is in its way; in Exchange's words. */
    static HostTrouble ofTls(String what) {
        return new HostTrouble(TLS + " [Message=" + what + "]");
    }

    /** The same, of an exchange that ended in an exception. */
    static HostTrouble ofTls(String what, Throwable cause) {
        return new HostTrouble(TLS + " [Message=" + what + "]", cause);
    }

    /** The same, of a host whose certificate was judged. */
    static HostTrouble ofTls(String what, PeerFacts facts) {
        return new HostTrouble(TLS + " [Message=" + what + "]", facts);
    }

    /** Trouble with whom the session turned out to be with. */
    HostTrouble(String message, PeerFacts facts) {
        super(message);
        this.facts = Optional.of(facts);
    }

    HostTrouble(String message, Throwable cause) {
        super(message, cause);
        this.facts = Optional.empty();
    }

    /** Whom the session was with; empty where it did not get as far as that. */
    Optional<PeerFacts> facts() {
        return facts;
    }

    /** Whether the host's TLS is not what is demanded. */
    boolean isAboutTls() {
        return text().startsWith(TLS);
    }

    /** Whether the host does not take the account: asking it again changes nothing, and may lock the account. */
    boolean isAboutLogon() {
        return text().startsWith(LOGON);
    }

    /** The message, which is never missing. */
    String text() {
        return String.valueOf(getMessage());
    }
}
