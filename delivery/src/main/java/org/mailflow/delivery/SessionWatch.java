package org.mailflow.delivery;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Is told how a session begins, step by step, on the thread that begins it. What does not happen is not told. */
interface SessionWatch {

    /** Nobody looks. */
    SessionWatch NOBODY = new SessionWatch() {};

    /** The connection is open. */
    default void connected() {}

    /** The host answered what it is asked, or greeted. */
    default void answered(String command, SmtpReply reply) {}

    /** The host offers these extensions, with their parameters. */
    default void offered(Collection<String> extensions) {}

    /**
     * The handshake is made.
     *
     * @param chain as presented
     * @param unmet what the certificate lacks; empty where the session goes on
     */
    default void secured(PeerFacts facts, List<X509Certificate> chain, Optional<String> unmet) {}

    /** The session is as secure as it will be, and this server is to log on. */
    default void logsOn() {}

    /** The host took the account. */
    default void loggedOn(String user) {}

    /** The handshake failed, and the session is begun anew in clear text. */
    default void fallsBack(String why) {}
}
