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
    private static final int LONGEST_TRIAL = 2_500;

    /** Enough to get used to it. */
    Effort trial() {
        return new Effort(Math.max(1, Math.min(mails / TRIAL, LONGEST_TRIAL)), time.dividedBy(TRIAL));
    }
}
