package org.mailflow.benchmarks.relay;

/** Who sends the mail of all measurements: the one organization that the servers relay for. */
final class Senders {

    static final String DOMAIN = "contoso.com";
    static final String ADDRESS = "erin@" + DOMAIN;

    private Senders() {}
}
