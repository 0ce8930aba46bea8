package io.millrace.profiler.core;

import io.millrace.dataset.NumericStatistics;

/** Statistics of a column from its distinct values and how often each occurs. Exact and independent of threads. */
public final class NumericSummary {
    private NumericSummary() {}

    /**
     * Summarises.
     *
     * @param values ascending, without NaN, at least one
     * @param counts rows per value
     */
    public static NumericStatistics of(double[] values, long[] counts) {
        long rows = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) { // West 1979, weighted update
            rows += counts[i];
            double delta = values[i] - mean;
            mean += delta * counts[i] / rows;
            squares += counts[i] * delta * (values[i] - mean);
        }
        return new NumericStatistics(
                values[0],
                values[values.length - 1],
                mean,
                rows > 1 ? Math.sqrt(squares / (rows - 1)) : 0,
                quantile(values, counts, rows, 0.25),
                quantile(values, counts, rows, 0.5),
                quantile(values, counts, rows, 0.75));
    }

    private static double quantile(double[] values, long[] counts, long rows, double share) {
        double at = share * (rows - 1);
        long below = (long) Math.floor(at);
        double low = ranked(values, counts, below);
        double high = ranked(values, counts, Math.min(rows - 1, below + 1));
        return low + (at - below) * (high - low);
    }

    private static double ranked(double[] values, long[] counts, long rank) {
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (rank < seen) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + seen + " rows");
    }
}
