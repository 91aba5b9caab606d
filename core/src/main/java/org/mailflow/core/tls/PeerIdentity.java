package org.mailflow.core.tls;

import java.util.List;

/** Who is at the other end of a TLS session, as far as its certificate proves it. */
public sealed interface PeerIdentity {

    /** No certificate, or no TLS. */
    record None() implements PeerIdentity {
        @Override
        public String toString() {
            return "no certificate";
        }
    }

    /**
     * A certificate that proves nothing.
     *
     * @param reason why not
     * @param names the names it claims, for diagnosis only
     */
    record Unverified(String reason, List<String> names) implements PeerIdentity {
        /** Copies the names. */
        public Unverified {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "unverified " + names + " (" + reason + ")";
        }
    }

    /**
     * A certificate whose chain, dates and usage are in order.
     *
     * @param names its dNSNames, in lower case
     */
    record Verified(List<String> names) implements PeerIdentity {
        /** Copies the names. */
        public Verified {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "verified " + names;
        }
    }

    /** Nobody. */
    static PeerIdentity none() {
        return new None();
    }

    /** Whether a verified certificate carries the name; nothing else is evidence. */
    default boolean proves(CertificateName name) {
        return this instanceof Verified verified && verified.names().stream().anyMatch(name::isSatisfiedBy);
    }
}
