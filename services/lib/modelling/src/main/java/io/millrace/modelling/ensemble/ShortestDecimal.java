package io.millrace.modelling.ensemble;

/**
 * Floats as the shortest decimal that reads back as the same float, the same on every JDK ({@link Float#toString} gave
 * more digits than needed before JDK 19).
 */
final class ShortestDecimal {
    private static final int MOST_DECIMALS = 12;
    private static final float LEAST = 1e-4f;
    private static final float MOST = 1e7f;

    private ShortestDecimal() {}

    /** Without an exponent from 1e-4 to 1e7; outside as {@link Float#toString}. */
    static void append(StringBuilder out, float value) {
        float size = Math.abs(value);
        if (value == 0) {
            out.append('0');
            return;
        }
        if (!(size >= LEAST && size < MOST)) {
            out.append(value);
            return;
        }
        double scale = 1;
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++, scale *= 10) {
            long digits = Math.round(size * scale);
            if ((float) (digits / scale) == size) {
                out.append(value < 0 ? "-" : "");
                append(out, digits, (long) scale, decimals);
                return;
            }
        }
        out.append(value);
    }

    private static void append(StringBuilder out, long digits, long scale, int decimals) {
        out.append(digits / scale);
        if (decimals > 0) {
            String fraction = Long.toString(digits % scale);
            out.append('.').append("0".repeat(decimals - fraction.length())).append(fraction);
        }
    }
}
