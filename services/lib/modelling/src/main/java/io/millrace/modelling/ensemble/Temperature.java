package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;

/**
 * Temperature scaling (Guo et al. 2017): probabilities become p^(1/T), normalised. T below 1 sharpens, above 1
 * softens; the order of the classes in a row stays.
 *
 * @param value T; 1 leaves everything as it is
 */
public record Temperature(double value) implements Calibration {
    static final Temperature NONE = new Temperature(1);

    /** AutoGluon's least rows for a fit that is worth its risk. */
    private static final int LEAST_BINARY_ROWS = 3000;

    private static final int LEAST_MULTICLASS_ROWS = 500;
    private static final double LEAST = 0.25;
    private static final double MOST = 4;
    private static final double LEAST_PROBABILITY = 1e-15;

    static int leastRows(int classes) {
        return classes == 2 ? LEAST_BINARY_ROWS : LEAST_MULTICLASS_ROWS;
    }

    /** The temperature of least log loss. */
    static Temperature fit(double[] target, Matrix predictions) {
        return new Temperature(minimum(new Logits(target, predictions)));
    }

    /** Probabilities at this temperature; the same object at 1. */
    @Override
    public Matrix apply(Matrix predictions) {
        if (value == 1) {
            return predictions;
        }
        int columns = predictions.columns();
        float[] scaled = new float[predictions.values().length];
        double[] powers = new double[columns];
        for (int r = 0; r < predictions.rows(); r++) {
            double total = 0;
            for (int c = 0; c < columns; c++) {
                powers[c] = Math.pow(Math.max(predictions.get(r, c), LEAST_PROBABILITY), 1 / value);
                total += powers[c];
            }
            for (int c = 0; c < columns; c++) {
                scaled[r * columns + c] = (float) (powers[c] / total);
            }
        }
        return new Matrix(predictions.rows(), columns, scaled);
    }

    /** Golden-section search in 1/T: the loss is convex in it. */
    private static double minimum(Logits logits) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = 1 / MOST;
        double high = 1 / LEAST;
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double atLeft = logits.loss(1 / left);
        double atRight = logits.loss(1 / right);
        while (high - low > 1e-3) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - ratio * (high - low);
                atLeft = logits.loss(1 / left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + ratio * (high - low);
                atRight = logits.loss(1 / right);
            }
        }
        return 2 / (low + high);
    }

    /** Logarithms of the probabilities, relative to that of the true class. */
    private static final class Logits {
        private final int columns;
        private final double[] relative;

        Logits(double[] target, Matrix predictions) {
            columns = predictions.columns();
            relative = new double[target.length * columns];
            for (int r = 0; r < target.length; r++) {
                double truth = logarithm(predictions.get(r, (int) target[r]));
                for (int c = 0; c < columns; c++) {
                    relative[r * columns + c] = logarithm(predictions.get(r, c)) - truth;
                }
            }
        }

        private static double logarithm(float probability) {
            return Math.log(Math.max(probability, LEAST_PROBABILITY));
        }

        /** Mean of log(sum over classes of (p_c / p_true)^(1/T)). */
        double loss(double temperature) {
            double total = 0;
            for (int i = 0; i < relative.length; i += columns) {
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    sum += Math.exp(relative[i + c] / temperature);
                }
                total += Math.log(sum);
            }
            return total * columns / relative.length;
        }
    }
}
