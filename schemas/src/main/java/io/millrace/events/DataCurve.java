package io.millrace.events;

import java.util.List;

/**
 * What one configuration reaches on growing numbers of training rows.
 *
 * @param points at a quarter, a half and all of the rows
 */
public record DataCurve(List<DataPoint> points) {
    /** Exponents of 1 and more are luck: no learner is known that is faster, and few rows make noisy curves. */
    private static final double LEAST_FACTOR = 0.5;

    public DataCurve {
        points = List.copyOf(points);
    }

    /**
     * A point of the curve.
     *
     * @param rows training rows of a fold
     * @param score the optimised metric on rows that were not trained on
     */
    public record DataPoint(int rows, double score) {}

    /**
     * The error that twice the rows would take off; 0 where the last two doublings took off nothing. Learning curves over
     * data follow a power law a + b n^-c (Hestness et al., arXiv 1712.00409), so that what a doubling takes off shrinks by
     * the same factor 2^-c every time. Through three points, each at twice the rows of the one before, the law goes exactly.
     *
     * @param errors on new rows at a quarter, a half and all of the training rows
     */
    public static double gainOfDoubling(List<Double> errors) {
        double first = errors.get(0) - errors.get(1);
        double second = errors.get(1) - errors.get(2);
        double mean = (first + second) / 2;
        double factor = first <= second ? 1 : Math.max(LEAST_FACTOR, second / first);
        return Math.max(0, mean * 2 * factor * factor / (1 + factor));
    }
}
