package org.mailflow.core.model;

/** The side of a hybrid deployment that a server plays. */
public enum Premises implements Word {
    /** The organization's own servers. */
    ON_PREMISES("onPremises"),
    /** The service. */
    CLOUD("cloud");

    private final String word;

    Premises(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** The side at the other end of the hybrid connectors. */
    public Premises other() {
        return this == CLOUD ? ON_PREMISES : CLOUD;
    }
}
