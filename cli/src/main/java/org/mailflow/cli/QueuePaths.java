package org.mailflow.cli;

/** Where a server's WebAdmin has its queues and repositories. */
final class QueuePaths {

    static final String QUEUES = "/mailflow/queues";
    static final String MAILS = QUEUES + "/mails";
    /** No route answers more mails at once. */
    static final int HIGHEST_LIMIT = 100_000;

    static final String REPOSITORIES = "/mailflow/repositories";

    private QueuePaths() {}
}
