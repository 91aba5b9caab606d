package org.mailflow.testing.dns;

/** How a name misbehaves. */
public enum DnsFault {
    /** The server answers that it failed. */
    SERVFAIL,
    /** The server answers that it will not serve this name. */
    REFUSED,
    /** The server denies that the name exists, whatever records it has. */
    NXDOMAIN,
    /** The server takes the query and never answers. */
    TIMEOUT,
    /** The server answers over UDP with the TC bit and no records, so that the client has to come back over TCP. */
    TRUNCATED
}
