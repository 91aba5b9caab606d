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
     * A certificate that proves nothing to anybody, unless somebody pins it.
     *
     * @param reason why not
     * @param certificate what it says of itself, for diagnosis and for pins
     * @param inOrder whether its chain is all that is wrong with it: only then does a pin count
     */
    record Unverified(String reason, PeerCertificate certificate, boolean inOrder) implements PeerIdentity {

        /** One that no pin mends. */
        public Unverified(String reason, List<String> names) {
            this(reason, PeerCertificate.named(names), false);
        }

        /** The names it claims. */
        public List<String> names() {
            return certificate.names();
        }

        @Override
        public String toString() {
            return "unverified " + names() + " (" + reason + ")";
        }
    }

    /**
     * A certificate whose chain, dates and usage are in order.
     *
     * @param certificate what it says of itself
     */
    record Verified(PeerCertificate certificate) implements PeerIdentity {

        /** One that is known by its names alone. */
        public Verified(List<String> names) {
            this(PeerCertificate.named(names));
        }

        /** The names it proves. */
        public List<String> names() {
            return certificate.names();
        }

        @Override
        public String toString() {
            return "verified " + names();
        }
    }

    /**
     * A certificate that an inbound connector pins: proven to this connector, and to nobody else.
     *
     * @param pin the pin that it satisfies
     * @param names the names it claims
     */
    record Pinned(CertificatePin pin, List<String> names) implements PeerIdentity {
        /** Copies the names. */
        public Pinned {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "pinned " + names + " (" + pin + ")";
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
