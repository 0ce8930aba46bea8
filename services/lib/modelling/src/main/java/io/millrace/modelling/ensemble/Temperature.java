package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.stream.IntStream;

/**
 * Temperature scaling (Guo et al. 2017): probabilities become p^(1/T), normalised. T below 1 sharpens, above 1
 * softens; the order of the classes in a row stays. 1 leaves everything as it is.
 */
public final class Temperature {
    /** AutoGluon's least rows for a fit that is worth its risk. */
    private static final int LEAST_BINARY_ROWS = 3000;

    private static final int LEAST_MULTICLASS_ROWS = 500;
    private static final int MOST_ROWS = 20_000;
    private static final int PARTS = 5;
    private static final double LEAST = 0.25;
    private static final double MOST = 4;
    private static final double LEAST_PROBABILITY = 1e-15;

    private Temperature() {}

    /**
     * The temperature of least log loss, or 1 where the metric is another one, rows are few, or a fit on four fifths
     * of the rows did not lower the log loss of the rest in each of five turns on average.
     */
    public static double fit(Metric metric, double[] target, Matrix predictions, long seed) {
        int least = predictions.columns() == 2 ? LEAST_BINARY_ROWS : LEAST_MULTICLASS_ROWS;
        if (metric != Metric.LOG_LOSS || target.length < least) {
            return 1;
        }
        int[] rows = RowSample.stratified(target, MOST_ROWS, seed);
        double gain = 0;
        for (int part = 0; part < PARTS; part++) {
            int turn = part;
            int[] held = IntStream.range(0, rows.length)
                    .filter(i -> i % PARTS == turn)
                    .map(i -> rows[i])
                    .toArray();
            int[] fitted = IntStream.range(0, rows.length)
                    .filter(i -> i % PARTS != turn)
                    .map(i -> rows[i])
                    .toArray();
            double temperature = minimum(new Logits(target, predictions, fitted));
            Logits rest = new Logits(target, predictions, held);
            gain += rest.loss(1) - rest.loss(temperature);
        }
        return gain > 0 ? minimum(new Logits(target, predictions, rows)) : 1;
    }

    /** Probabilities at a temperature; the same object at 1. */
    public static Matrix apply(Matrix predictions, double temperature) {
        if (temperature == 1) {
            return predictions;
        }
        int columns = predictions.columns();
        float[] scaled = new float[predictions.values().length];
        double[] powers = new double[columns];
        for (int r = 0; r < predictions.rows(); r++) {
            double total = 0;
            for (int c = 0; c < columns; c++) {
                powers[c] = Math.pow(Math.max(predictions.get(r, c), LEAST_PROBABILITY), 1 / temperature);
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

    /** Logarithms of the probabilities of some rows, relative to that of the true class. */
    private static final class Logits {
        private final int columns;
        private final double[] relative;

        Logits(double[] target, Matrix predictions, int[] rows) {
            columns = predictions.columns();
            relative = new double[rows.length * columns];
            for (int i = 0; i < rows.length; i++) {
                double truth = logarithm(predictions.get(rows[i], (int) target[rows[i]]));
                for (int c = 0; c < columns; c++) {
                    relative[i * columns + c] = logarithm(predictions.get(rows[i], c)) - truth;
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
