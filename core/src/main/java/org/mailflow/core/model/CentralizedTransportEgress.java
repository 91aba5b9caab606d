package org.mailflow.core.model;

/** By which side mail from the cloud leaves to the internet under centralized mail transport (decision D4). */
public enum CentralizedTransportEgress implements Word {
    /** On-premises hands it to the recipient's MX hosts, as it does its own. */
    ON_PREMISES("onPremises"),
    /** On-premises hands it back to the cloud, which hands it to the MX hosts. */
    CLOUD("cloud");

    private final String word;

    CentralizedTransportEgress(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
