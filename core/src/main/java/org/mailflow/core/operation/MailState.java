package org.mailflow.core.operation;

/** How a queued mail stands. */
public enum MailState {
    /** It is due, and tried as soon as somebody is free. */
    READY,
    /** It waits for its next attempt. */
    WAITING,
    /** It is being processed or delivered at this moment. */
    IN_DELIVERY,
    /** An operator holds it: it is not tried and does not grow older. */
    HELD
}
