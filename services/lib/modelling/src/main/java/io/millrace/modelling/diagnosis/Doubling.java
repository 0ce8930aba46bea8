package io.millrace.modelling.diagnosis;

import java.util.List;

/**
 * What twice the training rows would bring, from the losses at a quarter, at half and at all of them. Learning curves over
 * data follow a power law a + b n^-c (Hestness et al., arXiv 1712.00409), so that what a doubling takes off shrinks by the
 * same factor 2^-c every time. Through three points, each at twice the rows of the one before, the law goes exactly.
 */
public final class Doubling {
    /** Exponents of 1 and more are luck: no learner is known that is faster, and few rows make noisy curves. */
    private static final double LEAST_FACTOR = 0.5;

    private Doubling() {}

    /**
     * The loss that the next doubling would take off; 0 where the last two took off nothing.
     *
     * @param losses on new rows at a quarter, a half and all of the training rows
     */
    public static double gain(List<Double> losses) {
        double first = losses.get(0) - losses.get(1);
        double second = losses.get(1) - losses.get(2);
        double mean = (first + second) / 2;
        double factor = first <= second ? 1 : Math.max(LEAST_FACTOR, second / first);
        return Math.max(0, mean * 2 * factor * factor / (1 + factor));
    }
}
