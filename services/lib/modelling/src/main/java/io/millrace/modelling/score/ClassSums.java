package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** A metric of the class counts: actual, predicted and hit rows per class. */
record ClassSums(double[] target, Matrix predictions, ToDoubleFunction<ClassCounts> ofCounts) implements MetricSums {
    @Override
    public int width() {
        return 3 * predictions.columns();
    }

    @Override
    public void addTo(double[] sums, int[] group) {
        int k = predictions.columns();
        for (int r = 0; r < target.length; r++) {
            int at = group[r] * 3 * k;
            int truth = (int) target[r];
            int guess = Scoring.argMax(predictions, r);
            sums[at + truth]++;
            sums[at + k + guess]++;
            if (truth == guess) {
                sums[at + 2 * k + truth]++;
            }
        }
    }

    @Override
    public double metric(double[] sums) {
        int k = predictions.columns();
        return ofCounts.applyAsDouble(new ClassCounts(
                Arrays.copyOfRange(sums, 0, k),
                Arrays.copyOfRange(sums, k, 2 * k),
                Arrays.copyOfRange(sums, 2 * k, 3 * k)));
    }
}
