package org.mailflow.core.model;

/** Whom a connector speaks with (cmdlet parameter ConnectorType). */
public enum ConnectorType implements Word {
    /** The organization's own servers: mail may be relayed and, where trusted, is internal. */
    ON_PREMISES("onPremises"),
    /** Anybody else: a connector demands, and grants nothing. */
    PARTNER("partner");

    private final String word;

    ConnectorType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
