package io.millrace.planner.core;

/**
 * A number of a configuration that may be chosen.
 *
 * @param low least value
 * @param high greatest value, at least {@code low}
 * @param logarithmic whether equal ratios are equal steps; then {@code low} is above zero
 */
record Dimension(double low, double high, boolean logarithmic) {
    static Dimension linear(double low, double high) {
        return new Dimension(low, high, false);
    }

    static Dimension logarithmic(double low, double high) {
        return new Dimension(low, high, true);
    }

    /** Where a value lies between the ends, 0 to 1; not a number for one beyond them. */
    double place(double value) {
        if (!(value >= low && value <= high)) {
            return Double.NaN;
        }
        return high == low ? 0.5 : (scale(value) - scale(low)) / (scale(high) - scale(low));
    }

    /** The value at a place between the ends. */
    double value(double place) {
        double scaled = scale(low) + place * (scale(high) - scale(low));
        return Math.min(high, Math.max(low, logarithmic ? Math.exp(scaled) : scaled));
    }

    private double scale(double value) {
        return logarithmic ? Math.log(value) : value;
    }
}
