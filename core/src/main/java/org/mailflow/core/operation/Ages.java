package org.mailflow.core.operation;

import java.time.Duration;

/** Says how old something is, in the two greatest units. */
public final class Ages {

    private Ages() {}

    /** {@code 3d 4h}, {@code 2h 5m}, {@code 7m}, {@code 12s}. */
    public static String text(Duration age) {
        Duration shown = age.isNegative() ? Duration.ZERO : age;
        if (shown.toDays() > 0) {
            return shown.toDays() + "d " + shown.toHoursPart() + "h";
        }
        if (shown.toHours() > 0) {
            return shown.toHours() + "h " + shown.toMinutesPart() + "m";
        }
        return shown.toMinutes() > 0 ? shown.toMinutes() + "m" : shown.toSeconds() + "s";
    }
}
