package org.mailflow.core.event;

/** Where the server tells what it did with mail. Implementations are safe for use by many threads and never throw. */
public interface MailEvents {

    /** Takes note of an event. */
    void record(MailEvent event);

    /** Takes note of nothing. */
    static MailEvents none() {
        return event -> {};
    }
}
