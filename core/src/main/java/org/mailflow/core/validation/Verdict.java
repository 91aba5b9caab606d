package org.mailflow.core.validation;

import java.util.Collection;

/** How a step of a validation came out. */
public enum Verdict {
    /** As it should. */
    OK,
    /** Mail is handed over, but somebody should look at it. */
    WARNING,
    /** No mail is handed over this way. */
    FAILED;

    /** The worst of some; all is well where there are none. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().max(Verdict::compareTo).orElse(OK);
    }
}
