package org.mailflow.core.operation;

/** What becomes of a mail that an operator deletes. */
public enum Disposal {
    /** It stands in the repository of deleted mail, from where it can be sent again. */
    KEEP,
    /** It is returned to its sender, as undeliverable mail is. */
    BOUNCE,
    /** Nothing: it is gone for ever. */
    PURGE
}
