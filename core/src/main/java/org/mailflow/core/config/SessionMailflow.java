package org.mailflow.core.config;

import org.mailflow.core.model.Mailflow;

/** The snapshot that the next transaction of an SMTP session is decided on. */
@FunctionalInterface
public interface SessionMailflow {

    /** The snapshot, with directories that answer as quickly as a session must be answered. */
    Mailflow current();
}
