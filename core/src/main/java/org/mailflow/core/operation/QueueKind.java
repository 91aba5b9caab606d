package org.mailflow.core.operation;

/** What a queue is for. */
public enum QueueKind {
    /** Accepted mail that is still to be processed. */
    SPOOL,
    /** Mail of an outbound connector. */
    CONNECTOR,
    /** Mail to the MX hosts of its recipients' domains. */
    MX,
    /** Mail of a connector that was removed or disabled: it is routed again. */
    GONE
}
