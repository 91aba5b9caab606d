package org.mailflow.core.model;

/**
 * What an outbound connector demands of TLS (cmdlet parameter TlsSettings). A connector without it encrypts where the
 * peer offers it.
 */
public enum TlsSettings implements Word {
    /** TLS or no delivery; any certificate. */
    ENCRYPTION_ONLY("encryptionOnly"),
    /** The same, and the certificate's chain ends at a trusted authority. */
    CERTIFICATE_VALIDATION("certificateValidation"),
    /** The same, and the certificate names the connector's {@code tlsDomain}. */
    DOMAIN_VALIDATION("domainValidation");

    private final String word;

    TlsSettings(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
