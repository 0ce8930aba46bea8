package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;

/** Coefficient of determination: rows, squared errors, and the first two moments of the target about its mean. */
record DeterminationSums(double[] target, Matrix predictions) implements MetricSums {
    /** What rounding may leave of the variance of targets that are all the same, as a share of their mean square. */
    private static final double ROUNDING = 1e-12;

    @Override
    public int width() {
        return 4;
    }

    @Override
    public void addTo(double[] sums, int[] group) {
        double mean = Arrays.stream(target).average().orElse(0); // centred, else large targets cancel
        for (int r = 0; r < target.length; r++) {
            int at = 4 * group[r];
            double residual = target[r] - predictions.get(r, 0);
            double deviation = target[r] - mean;
            sums[at]++;
            sums[at + 1] += residual * residual;
            sums[at + 2] += deviation;
            sums[at + 3] += deviation * deviation;
        }
    }

    @Override
    public double metric(double[] sums) {
        double squares = sums[3] - sums[2] * sums[2] / sums[0];
        return squares > ROUNDING * sums[3] ? 1 - sums[1] / squares : Double.NaN;
    }
}
