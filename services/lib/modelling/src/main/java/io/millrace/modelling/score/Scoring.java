package io.millrace.modelling.score;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Scores predictions. Every method takes targets (class index or value) and one row of predictions per target. */
public final class Scoring {
    private static final double LEAST_PROBABILITY = 1e-15;

    private Scoring() {}

    /** The value of a metric; see {@link Metric} for definitions. NaN when it is undefined, such as AUC with one class and R2 with one value. */
    public static double score(Metric metric, double[] target, Matrix predictions) {
        if (target.length != predictions.rows()) {
            throw new IllegalArgumentException(target.length + " targets for " + predictions.rows() + " predictions");
        }
        return switch (metric) {
            case LOG_LOSS -> meanLogLoss(target, predictions);
            case ACCURACY -> accuracy(target, predictions);
            case BALANCED_ACCURACY -> ClassCounts.of(target, predictions).balancedAccuracy();
            case F1 -> ClassCounts.of(target, predictions).f1();
            case AUC -> auc(target, predictions);
            case RMSE -> Math.sqrt(meanSquaredError(target, predictions));
            case MAE -> meanAbsoluteError(target, predictions);
            case R2 -> 1 - meanSquaredError(target, predictions) / variance(target);
        };
    }

    /** Log loss of one row in nats: probabilities clipped to 1e-15 and renormalised, as the peers are scored. */
    public static double logLoss(Matrix predictions, int row, int trueClass) {
        double sum = 0;
        for (int c = 0; c < predictions.columns(); c++) {
            sum += clip(predictions.get(row, c));
        }
        return -Math.log(clip(predictions.get(row, trueClass)) / sum);
    }

    /** The most probable class of a row; the first of equals. */
    public static int argMax(Matrix predictions, int row) {
        int best = 0;
        for (int c = 1; c < predictions.columns(); c++) {
            if (predictions.get(row, c) > predictions.get(row, best)) {
                best = c;
            }
        }
        return best;
    }

    private static double clip(float probability) {
        return Math.min(Math.max(probability, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
    }

    private static double meanLogLoss(double[] target, Matrix predictions) {
        double sum = 0;
        for (int r = 0; r < target.length; r++) {
            sum += logLoss(predictions, r, (int) target[r]);
        }
        return sum / target.length;
    }

    private static double accuracy(double[] target, Matrix predictions) {
        int hits = 0;
        for (int r = 0; r < target.length; r++) {
            hits += argMax(predictions, r) == (int) target[r] ? 1 : 0;
        }
        return (double) hits / target.length;
    }

    private static double auc(double[] target, Matrix predictions) {
        if (predictions.columns() == 2) {
            return RocArea.area(target, predictions, 1);
        }
        return IntStream.range(0, predictions.columns())
                .mapToDouble(c -> RocArea.area(target, predictions, c))
                .filter(a -> !Double.isNaN(a))
                .average()
                .orElse(Double.NaN);
    }

    private static double meanSquaredError(double[] target, Matrix predictions) {
        double sum = 0;
        for (int r = 0; r < target.length; r++) {
            double residual = target[r] - predictions.get(r, 0);
            sum += residual * residual;
        }
        return sum / target.length;
    }

    private static double meanAbsoluteError(double[] target, Matrix predictions) {
        double sum = 0;
        for (int r = 0; r < target.length; r++) {
            sum += Math.abs(target[r] - predictions.get(r, 0));
        }
        return sum / target.length;
    }

    /**
     * Mean squared distance of targets from their mean, against which R2 holds errors. NaN where all are the same: it is undefined then, and
     * the computed mean may miss them by a last digit.
     */
    public static double variance(double[] target) {
        if (Arrays.stream(target).allMatch(y -> y == target[0])) {
            return Double.NaN;
        }
        double mean = Arrays.stream(target).average().orElse(Double.NaN);
        return Arrays.stream(target).map(y -> (y - mean) * (y - mean)).average().orElse(Double.NaN);
    }
}
