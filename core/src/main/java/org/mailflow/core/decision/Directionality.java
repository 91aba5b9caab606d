package org.mailflow.core.decision;

/** Which way a mail goes (header X-MS-Exchange-Organization-MessageDirectionality). */
public enum Directionality {
    /** Mail of an organization here; it may leave to the internet. */
    ORIGINATING("Originating"),
    /** Mail from anybody to accepted domains. */
    INCOMING("Incoming");

    private final String word;

    Directionality(String word) {
        this.word = word;
    }

    /** As it stands in the header X-MS-Exchange-Organization-MessageDirectionality. */
    public String word() {
        return word;
    }
}
