package org.mailflow.core.model;

/** How the server proves to smart hosts who it is (cmdlet New-SendConnector, parameter SmartHostAuthMechanism). */
public enum SmartHostAuthMechanism implements Word {
    /** Not by a password. */
    NONE("none"),
    /** By a password, in clear text where the host has no TLS. */
    BASIC_AUTH("basicAuth"),
    /** By a password, over TLS alone. */
    BASIC_AUTH_REQUIRE_TLS("basicAuthRequireTLS");

    private final String word;

    SmartHostAuthMechanism(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
