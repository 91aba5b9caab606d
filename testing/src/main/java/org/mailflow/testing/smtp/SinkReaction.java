package org.mailflow.testing.smtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the sink does at a stage.
 *
 * @param delay before anything else
 * @param reply in place of the usual one; null for the usual one
 * @param close whether the connection is closed after the reply
 * @param silent whether nothing is sent at all
 */
record SinkReaction(Duration delay, @Nullable String reply, boolean close, boolean silent) {
    static final SinkReaction USUAL = new SinkReaction(Duration.ZERO, null, false, false);
}
