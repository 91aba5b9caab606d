package org.mailflow.core.config.checks;

import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Reading;

/** All checks of what must hold between parameters. */
public final class Checks {

    private Checks() {}

    /** Runs them; whatever they find becomes a problem of the reading. */
    public static void run(MailflowDraft draft, Reading reading) {}
}
