package org.mailflow.core.container;

/** Whose server the files are for. */
public enum ServerKind {
    /** The assembly: nothing gets past Mailflow there. */
    OUR_SERVER,
    /** A James with the extension jar: it may have parts that Mailflow has nothing to do with. */
    STOCK_JAMES
}
