package org.mailflow.core.decision;

import java.util.Optional;
import org.mailflow.core.config.Location;

/**
 * Why something was decided.
 *
 * @param text in words for an administrator; never shown to a peer
 * @param decidedBy the line of the configuration that decided; empty where no setting did
 */
public record Reason(String text, Optional<Location> decidedBy) {

    /** A reason that stands in the configuration. */
    public static Reason of(String text, Location decidedBy) {
        return new Reason(text, Optional.of(decidedBy));
    }

    /** A reason that follows from the mail or the protocol alone. */
    public static Reason of(String text) {
        return new Reason(text, Optional.empty());
    }

    @Override
    public String toString() {
        return text + decidedBy.map(location -> " (" + location + ")").orElse("");
    }
}
