package org.mailflow.benchmarks.relay;

import java.time.Duration;

/**
 * How much work a cell is measured with.
 *
 * @param mails at most
 * @param time after which no more mail is submitted
 */
record Effort(int mails, Duration time) {

    private static final int TRIAL = 4;

    /** Enough to get used to it. */
    Effort trial() {
        return new Effort(Math.max(1, mails / TRIAL), time.dividedBy(TRIAL));
    }
}
