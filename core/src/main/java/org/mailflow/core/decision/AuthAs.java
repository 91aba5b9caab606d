package org.mailflow.core.decision;

/** As whom the sender of a mail was authenticated (X-MS-Exchange-Organization-AuthAs). */
public enum AuthAs {
    /** As nobody: mail from the internet. */
    ANONYMOUS("Anonymous"),
    /** As one of the organization's own. */
    INTERNAL("Internal");

    private final String word;

    AuthAs(String word) {
        this.word = word;
    }

    /** As it stands in the header. */
    public String word() {
        return word;
    }
}
