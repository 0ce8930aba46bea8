package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;

/**
 * A rule of succession for probabilities: models that were never wrong on n rows may be wrong on the next with a probability of
 * about 1 / n, whatever they say themselves. A share of that kind is spread evenly over the classes, so that a confident mistake
 * costs what n rows justify and not what a float can express. The mean of several models doubts already: Laplace's share, 1 / (n + 2),
 * takes more from rows that are right than it saves on others (modelling README).
 */
public final class Doubt {
    /** Rows on which models that were never wrong were wrong all the same. */
    private static final double WRONG = 0.1;

    private Doubt() {}

    /** The share to spread where a metric judges probabilities; 0 for others. */
    static double of(Metric metric, int rows) {
        return metric == Metric.LOG_LOSS ? WRONG / (rows + 1.0) : 0;
    }

    /** Probabilities with a share spread over the classes; the same object at 0. */
    public static Matrix apply(Matrix predictions, double share) {
        if (share == 0) {
            return predictions;
        }
        float even = (float) (share / predictions.columns());
        float[] spread = new float[predictions.values().length];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (float) (predictions.values()[i] * (1 - share)) + even;
        }
        return new Matrix(predictions.rows(), predictions.columns(), spread);
    }
}
