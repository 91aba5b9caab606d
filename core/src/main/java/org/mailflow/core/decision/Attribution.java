package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.model.InboundConnector;
import org.mailflow.core.model.Organization;
import org.mailflow.core.tls.PeerIdentity;

/** Whose mail a transaction carries: that of an organization here, or that of anybody. */
public sealed interface Attribution {

    /** What proved it. Neither MAIL FROM nor RCPT TO ever does. */
    enum Evidence {
        /** A verified certificate's name, or a pinned certificate. */
        CERTIFICATE,
        /** The connecting address. */
        ADDRESS,
        /** SMTP AUTH. */
        AUTHENTICATION
    }

    /** Why. */
    Reason reason();

    /**
     * Originating mail of an organization.
     *
     * @param organization whose
     * @param connector the connector of type onPremises that identified its server; empty for an authenticated user
     * @param evidence what proved it
     * @param identity the peer as it is proven to the connector
     * @param reason why
     */
    record Originating(
            Organization organization,
            Optional<InboundConnector> connector,
            Evidence evidence,
            PeerIdentity identity,
            Reason reason)
            implements Attribution {}

    /**
     * Mail from anybody: to accepted domains only.
     *
     * @param reason why no connector applies
     */
    record Anonymous(Reason reason) implements Attribution {}

    /** The organization of originating mail. */
    default Optional<Organization> originator() {
        return this instanceof Originating originating ? Optional.of(originating.organization()) : Optional.empty();
    }
}
