package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a mail of the demo can be on its way. */
enum Place {
    /** A mail server somewhere on the internet that sends to contoso.com. */
    INTERNET("internet"),
    /** The program in which chris or david writes a mail. */
    MAIL_PROGRAM("mail program"),
    /** Contoso's own server. */
    ON_PREMISES("on-premises"),
    /** The service that has Contoso's other mailboxes. */
    CLOUD("cloud"),
    /** The mail server of cpandl.com, somewhere on the internet. */
    CPANDL("cpandl.com");

    private final String word;

    Place(String word) {
        this.word = word;
    }

    /** For people and for JSON. */
    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
