package org.mailflow.assembly.demo;

/** What both ends of a hop must know of each other. */
enum Trust {
    /** Nothing: a stranger delivers to an MX host. */
    NONE,
    /** The server knows who logged in. */
    USER,
    /** Both ends have proved their names by certificates. */
    CERTIFICATES
}
