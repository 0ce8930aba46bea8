package io.millrace.modelling.score;

import io.millrace.modelling.table.Matrix;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Rows per class, possibly weighted, that are of the class, that are predicted as it, and that are both.
 *
 * @param actual rows of the class
 * @param predicted rows predicted as the class
 * @param hit rows of the class that are predicted as it
 */
record ClassCounts(double[] actual, double[] predicted, double[] hit) {
    static ClassCounts of(double[] target, Matrix predictions) {
        int k = predictions.columns();
        ClassCounts counts = new ClassCounts(new double[k], new double[k], new double[k]);
        for (int r = 0; r < target.length; r++) {
            int truth = (int) target[r];
            int guess = Scoring.argMax(predictions, r);
            counts.actual[truth]++;
            counts.predicted[guess]++;
            if (truth == guess) {
                counts.hit[truth]++;
            }
        }
        return counts;
    }

    /** Mean recall over the classes that occur. */
    double balancedAccuracy() {
        return mean(c -> actual[c] > 0 ? hit[c] / actual[c] : Double.NaN);
    }

    /** F1 of the second of two classes; else the mean over the classes that occur or are predicted, as scikit-learn. */
    double f1() {
        if (actual.length == 2) {
            double f1 = f1(1);
            return Double.isNaN(f1) ? 0 : f1;
        }
        return mean(this::f1);
    }

    /** NaN for a class that neither occurs nor is predicted. */
    private double f1(int c) {
        return 2 * hit[c] / (actual[c] + predicted[c]);
    }

    private double mean(IntToDoubleFunction ofClass) {
        return IntStream.range(0, actual.length)
                .mapToDouble(ofClass)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }
}
