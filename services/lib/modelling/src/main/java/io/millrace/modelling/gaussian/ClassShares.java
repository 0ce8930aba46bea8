package io.millrace.modelling.gaussian;

import java.util.Arrays;

/**
 * How frequent classes are, and what follows by Bayes' theorem from their densities at a row.
 *
 * @param shares share of each class in the training rows
 * @param doubt weight of the shares in every probability: what is far from all classes would be certain without it
 */
record ClassShares(double[] shares, double doubt) {
    /** Rows that a class counts as of which no training row is. */
    private static final double UNSEEN = 0.5;
    /** Training rows that are taken to be of any class. */
    private static final double STRAY = 0.1;

    static ClassShares of(ClassSums sums) {
        double[] shares = sums.byClass().stream()
                .mapToDouble(own -> Math.max((double) own.rows(), UNSEEN))
                .toArray();
        double rows = Arrays.stream(shares).sum();
        Arrays.setAll(shares, k -> shares[k] / rows);
        return new ClassShares(shares, STRAY / (rows + 1));
    }

    /**
     * The chance of each class.
     *
     * @param logDensities logarithms of the densities, up to what they have in common
     * @param power that densities are taken to
     */
    double[] chances(double[] logDensities, double power) {
        double[] chances = new double[shares.length];
        Arrays.setAll(chances, k -> Math.log(shares[k]) + power * logDensities[k]);
        double most = Arrays.stream(chances).max().orElseThrow();
        Arrays.setAll(chances, k -> Math.exp(chances[k] - most));
        double sum = Arrays.stream(chances).sum();
        Arrays.setAll(chances, k -> chances[k] / sum + doubt * (shares[k] - chances[k] / sum));
        return chances;
    }
}
