package io.millrace.modelling.score;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Scores predictions. Every method takes targets (class index or value) and one row of predictions per target. */
public final class Scoring {
    private static final double LEAST_PROBABILITY = 1e-15;

    private Scoring() {}

    /** The value of a metric; see {@link Metric} for definitions. NaN when it is undefined, such as AUC with one class. */
    public static double score(Metric metric, double[] target, Matrix predictions) {
        if (target.length != predictions.rows()) {
            throw new IllegalArgumentException(target.length + " targets for " + predictions.rows() + " predictions");
        }
        return switch (metric) {
            case LOG_LOSS -> meanLogLoss(target, predictions);
            case ACCURACY -> accuracy(target, predictions);
            case BALANCED_ACCURACY -> balancedAccuracy(target, predictions);
            case F1 -> f1(target, predictions);
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

    /** Counts per class: rows of the class, rows predicted as it, and rows that are both. */
    private record Confusion(long[] actual, long[] predicted, long[] hit) {
        static Confusion of(double[] target, Matrix predictions) {
            int k = predictions.columns();
            Confusion counts = new Confusion(new long[k], new long[k], new long[k]);
            for (int r = 0; r < target.length; r++) {
                int truth = (int) target[r];
                int guess = argMax(predictions, r);
                counts.actual[truth]++;
                counts.predicted[guess]++;
                if (truth == guess) {
                    counts.hit[truth]++;
                }
            }
            return counts;
        }

        double recall(int c) {
            return (double) hit[c] / actual[c];
        }

        double f1(int c) {
            return 2.0 * hit[c] / (actual[c] + predicted[c]);
        }
    }

    private static double balancedAccuracy(double[] target, Matrix predictions) {
        Confusion counts = Confusion.of(target, predictions);
        return present(counts).mapToDouble(counts::recall).average().orElse(Double.NaN);
    }

    private static double f1(double[] target, Matrix predictions) {
        Confusion counts = Confusion.of(target, predictions);
        return predictions.columns() == 2
                ? counts.actual[1] + counts.predicted[1] == 0 ? 0 : counts.f1(1)
                : present(counts).mapToDouble(counts::f1).average().orElse(Double.NaN);
    }

    private static IntStream present(Confusion counts) {
        return IntStream.range(0, counts.actual.length).filter(c -> counts.actual[c] > 0);
    }

    private static double auc(double[] target, Matrix predictions) {
        if (predictions.columns() == 2) {
            return areaUnderCurve(target, predictions, 1);
        }
        return IntStream.range(0, predictions.columns())
                .mapToDouble(c -> areaUnderCurve(target, predictions, c))
                .filter(a -> !Double.isNaN(a))
                .average()
                .orElse(Double.NaN);
    }

    /** Mann-Whitney form: the chance that a row of the class scores above another row, ties counting half. */
    private static double areaUnderCurve(double[] target, Matrix predictions, int positive) {
        int n = target.length;
        long[] order = new long[n];
        for (int r = 0; r < n; r++) {
            // Probabilities are not negative, so their bit patterns sort as they do; the row rides in the low bits.
            order[r] = ((long) Float.floatToIntBits(Math.max(0f, predictions.get(r, positive))) << 32) | r;
        }
        Arrays.sort(order);
        double rankSum = 0;
        long positives = 0;
        for (int i = 0; i < n; ) {
            int j = i;
            while (j < n && order[j] >> 32 == order[i] >> 32) {
                j++;
            }
            double meanRank = (i + 1 + j) / 2.0;
            for (int k = i; k < j; k++) {
                if ((int) target[(int) order[k]] == positive) {
                    rankSum += meanRank;
                    positives++;
                }
            }
            i = j;
        }
        long negatives = n - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
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

    private static double variance(double[] target) {
        double mean = Arrays.stream(target).average().orElse(Double.NaN);
        return Arrays.stream(target).map(y -> (y - mean) * (y - mean)).average().orElse(Double.NaN);
    }
}
