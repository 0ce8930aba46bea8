package io.millrace.planner.core;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A density over the places 0 to 1 of a dimension: normal densities around what was seen, cut off at the ends, and one of
 * equal weight that is even, so that no place is ruled out. Bandwidths are those of Bergstra et al. (NeurIPS 2011): the
 * distance to the farther neighbour, within limits.
 */
final class ParzenEstimator implements Estimator {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private final double[] centres;
    private final double[] widths;

    /** Of places in any order; none gives the even density. */
    ParzenEstimator(double[] places) {
        centres = places.clone();
        Arrays.sort(centres);
        widths = new double[centres.length];
        double least = 1 / Math.min(100.0, centres.length + 2.0);
        for (int i = 0; i < centres.length; i++) {
            double left = centres[i] - (i == 0 ? 0 : centres[i - 1]);
            double right = (i == centres.length - 1 ? 1 : centres[i + 1]) - centres[i];
            widths[i] = Math.max(least, Math.max(left, right));
        }
    }

    @Override
    public double density(double place) {
        double sum = 1;
        for (int i = 0; i < centres.length; i++) {
            double z = (place - centres[i]) / widths[i];
            double inside = cumulative((1 - centres[i]) / widths[i]) - cumulative(-centres[i] / widths[i]);
            sum += Math.exp(-0.5 * z * z) / (ROOT_TWO_PI * widths[i] * inside);
        }
        return sum / (centres.length + 1);
    }

    @Override
    public double draw(SplittableRandom random) {
        int i = random.nextInt(centres.length + 1);
        if (i == centres.length) {
            return random.nextDouble();
        }
        double place;
        do {
            place = centres[i] + widths[i] * random.nextGaussian();
        } while (place < 0 || place > 1);
        return place;
    }

    /** The standard normal distribution function, by the logistic approximation of Bowling et al. (2009), to 2e-4. */
    private static double cumulative(double z) {
        return 1 / (1 + Math.exp(-(0.07056 * z * z * z + 1.5976 * z)));
    }
}
