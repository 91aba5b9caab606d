package org.mailflow.core.model;

/** Which outbound connector wins where several fit a recipient's domain (decision D1). */
public enum ConnectorSelectionOrder implements Word {
    /** Exact domain, longest wildcard, all accepted domains, everything: the documented example. */
    SPECIFICITY("specificity"),
    /** Exact domain, all accepted domains, longest wildcard, everything: the documented list. */
    DOCUMENTED_ORDER("documentedOrder");

    private final String word;

    ConnectorSelectionOrder(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
