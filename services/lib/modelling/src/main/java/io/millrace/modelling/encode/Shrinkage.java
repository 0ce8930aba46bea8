package io.millrace.modelling.encode;

import java.util.Optional;

/**
 * By how much the mean target of a level is drawn to the mean of all rows, and the unit it is told in: empirical Bayes,
 * the variance between levels and within them estimated by the method of moments of a one-way analysis of variance.
 *
 * @param prior mean of all rows
 * @param strength rows that the prior counts as: the variance within levels over the variance between them
 * @param spread standard deviation between levels, the unit
 */
record Shrinkage(double prior, double strength, double spread) {
    /** Standard errors by which the F statistic must exceed 1, else levels differ by chance. */
    private static final double LEAST_ERRORS = 2;

    /**
     * Estimates it.
     *
     * @param counts rows by level
     * @param sums sum of their targets by level
     * @param squares sum of the squared targets of all rows
     * @return empty where the levels' means differ no more than chance makes them
     */
    static Optional<Shrinkage> of(double[] counts, double[] sums, double squares) {
        double rows = 0;
        double total = 0;
        double squaredCounts = 0;
        double explained = 0;
        int levels = 0;
        for (int l = 0; l < counts.length; l++) {
            if (counts[l] > 0) {
                levels++;
                rows += counts[l];
                total += sums[l];
                squaredCounts += counts[l] * counts[l];
                explained += sums[l] * sums[l] / counts[l];
            }
        }
        double between = levels - 1.0;
        double within = rows - levels;
        if (between < 1 || within < 1) {
            return Optional.empty();
        }
        double prior = total / rows;
        double meanSquareBetween = Math.max(0, explained - rows * prior * prior) / between;
        double meanSquareWithin = Math.max(0, squares - explained) / within;
        double chance = LEAST_ERRORS * Math.sqrt(2 / between + 2 / within);
        double variance = (meanSquareBetween - meanSquareWithin) / ((rows - squaredCounts / rows) / between);
        return meanSquareBetween > meanSquareWithin * (1 + chance) && variance > 0
                ? Optional.of(new Shrinkage(prior, meanSquareWithin / variance, Math.sqrt(variance)))
                : Optional.empty();
    }

    /** The statistic of a level with so many rows and such a sum of targets; 0 says nothing is known. */
    double apply(double count, double sum) {
        return count > 0 ? (sum - count * prior) / ((count + strength) * spread) : 0;
    }
}
