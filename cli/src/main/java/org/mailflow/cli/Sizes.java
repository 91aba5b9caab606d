package org.mailflow.cli;

import java.util.Locale;

/** Says how large something is. */
final class Sizes {

    private static final long KILO = 1_000;

    private Sizes() {}

    /** {@code 512 B}, {@code 3.4 kB}, {@code 17 MB}. */
    static String text(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        double shown = bytes;
        int unit = -1;
        while (shown >= KILO && unit < 4) {
            shown /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, shown < 10 ? "%.1f %sB" : "%.0f %sB", shown, "kMGTP".charAt(unit));
    }
}
