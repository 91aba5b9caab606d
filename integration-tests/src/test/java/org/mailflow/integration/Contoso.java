package org.mailflow.integration;

/** The people of the hybrid flows, and where they are seen. */
final class Contoso {

    /** Has the mailbox on-premises. */
    static final String CHRIS = "chris@contoso.com";
    /** Has the mailbox in the cloud. */
    static final String DAVID = "david@contoso.com";
    /** By this address David is reached in the cloud. */
    static final String DAVID_IN_THE_CLOUD = "david@contoso.mail.onmicrosoft.com";
    /** Is on the internet. */
    static final String ERIN = "erin@cpandl.com";

    /** Where Erin's mail server takes mail. */
    static final String CPANDL = "127.0.0.4";
    /** A host of the internet that nobody here knows. */
    static final String STRANGER = "127.0.0.99";
    /** A mail program of ours. */
    static final String DESK = "127.0.0.10";

    private Contoso() {}
}
