package io.millrace.planner.core.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Numbers between two ends, of three significant digits, or whole ones.
 *
 * @param low least value, from 0
 * @param high greatest value, at least {@code low}
 * @param logarithmic whether equal ratios are equal steps; then {@code low} is above zero
 * @param whole whether numbers are whole
 * @param orNone whether 0 is allowed beside them, for what is switched off: it has no place
 * @param less least value of a variant, times that of the configuration that it varies
 * @param more greatest value of a variant, times that of the configuration that it varies
 */
public record Stretch(
        double low, double high, boolean logarithmic, boolean whole, boolean orNone, double less, double more)
        implements Values<Double> {
    /** What arithmetic and whole rounds may put a value beyond an end. */
    private static final double SLACK = 2e-3;

    static Stretch linear(double low, double high) {
        return new Stretch(low, high, false, false, false, 0, Double.POSITIVE_INFINITY);
    }

    static Stretch logarithmic(double low, double high) {
        return new Stretch(low, high, true, false, false, 0, Double.POSITIVE_INFINITY);
    }

    Stretch ofWholeNumbers() {
        return new Stretch(low, high, logarithmic, true, orNone, less, more);
    }

    Stretch orZero() {
        return new Stretch(low, high, logarithmic, whole, true, less, more);
    }

    /** The same, of which a variant stays within some factors of what it varies. */
    Stretch varied(double least, double most) {
        return new Stretch(low, high, logarithmic, whole, orNone, least, most);
    }

    @Override
    public double place(Double value) {
        if (!(value >= low * (1 - SLACK) && value <= high * (1 + SLACK))) {
            return Double.NaN;
        }
        double place = high == low ? 0.5 : (scale(value) - scale(low)) / (scale(high) - scale(low));
        return Math.min(1, Math.max(0, place));
    }

    @Override
    public Double value(double place) {
        double scaled = scale(low) + place * (scale(high) - scale(low));
        double value = Math.min(high, Math.max(low, logarithmic ? Math.exp(scaled) : scaled));
        return whole ? Math.rint(value) : rounded(value);
    }

    @Override
    public boolean contains(Double value) {
        return (orNone && value == 0) || !Double.isNaN(place(value));
    }

    @Override
    public Stretch near(Double value) {
        double from = Math.min(high, Math.max(low, less * value));
        double to = Math.max(from, Math.min(high, more * value));
        // What is switched off has no neighbours but all.
        return value > 0 ? new Stretch(from, to, logarithmic, whole, orNone, less, more) : this;
    }

    @Override
    public double[] weights() {
        return new double[0];
    }

    @Override
    public List<Double> all() {
        return List.of();
    }

    private double scale(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    /** Three significant digits: as good, and people can read it. */
    public static double rounded(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }

    @Override
    public String toString() {
        String variant =
                less > 0 ? String.format(Locale.ROOT, "; %s to %s times what is varied", plain(less), plain(more)) : "";
        return (orNone && low > 0 ? "0, " : "") + plain(low) + " to " + plain(high)
                + (logarithmic ? ", logarithmic" : "") + variant;
    }

    static String plain(double number) {
        return new BigDecimal(String.valueOf(number)).stripTrailingZeros().toPlainString();
    }
}
