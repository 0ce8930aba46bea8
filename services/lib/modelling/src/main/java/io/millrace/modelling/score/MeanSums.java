package io.millrace.modelling.score;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * A metric that is a function of the mean of a loss per row.
 *
 * @param rows number of rows
 * @param loss loss of a row
 * @param ofMean the metric of the mean loss
 */
record MeanSums(int rows, IntToDoubleFunction loss, DoubleUnaryOperator ofMean) implements MetricSums {
    @Override
    public int width() {
        return 2;
    }

    @Override
    public void addTo(double[] sums, int[] group) {
        for (int r = 0; r < rows; r++) {
            sums[2 * group[r]]++;
            sums[2 * group[r] + 1] += loss.applyAsDouble(r);
        }
    }

    @Override
    public double metric(double[] sums) {
        return ofMean.applyAsDouble(sums[1] / sums[0]);
    }
}
