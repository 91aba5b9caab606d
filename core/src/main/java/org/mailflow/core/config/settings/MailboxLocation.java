package org.mailflow.core.config.settings;

import org.mailflow.core.model.Word;

/** Where the mailboxes of a directory's recipients are. */
public enum MailboxLocation implements Word {
    /** On this server. */
    HERE("here"),
    /** On the organization's other premises. */
    OTHER_PREMISES("otherPremises");

    private final String word;

    MailboxLocation(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
