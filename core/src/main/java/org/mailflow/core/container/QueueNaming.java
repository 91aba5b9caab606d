package org.mailflow.core.container;

/** How the queues of outbound mail are named. */
public final class QueueNaming {

    /** What all their names begin with, and no other. */
    public static final String PREFIX = "mailflow-";

    private QueueNaming() {}
}
