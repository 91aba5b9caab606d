package org.mailflow.core.model;

/** What becomes of mail to an unknown recipient of an accepted domain (cmdlet parameter DomainType). */
public enum AcceptedDomainType implements Word {
    /** All recipients are known here; an unknown one is refused (directory based edge blocking). */
    AUTHORITATIVE("authoritative"),
    /** Unknown recipients are relayed to the organization's other servers by a connector. */
    INTERNAL_RELAY("internalRelay"),
    /** Mail is relayed to a server outside of the organization. */
    EXTERNAL_RELAY("externalRelay");

    private final String word;

    AcceptedDomainType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
