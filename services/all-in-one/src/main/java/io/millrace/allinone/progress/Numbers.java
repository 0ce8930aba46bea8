package io.millrace.allinone.progress;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
    private Numbers() {}

    /** Four significant digits without an exponent where that is readable. */
    static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e9)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** Minutes and seconds. */
    static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
