package io.millrace.modelling.score;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;

/**
 * A metric as a function of sums over rows, which is what makes resampling cheap: a resample adds up the sums of the
 * groups it drew and never looks at rows again.
 */
interface MetricSums {
    /** Number of sums. */
    int width();

    /** Adds every row's terms to the sums of its group: {@code sums[group[row] * width() + i]}. */
    void addTo(double[] sums, int[] group);

    /** The metric from the sums of all rows drawn; NaN where it is undefined. */
    double metric(double[] sums);

    /** The sums of a metric for predictions. */
    static MetricSums of(Metric metric, double[] target, Matrix predictions) {
        return switch (metric) {
            case LOG_LOSS ->
                new MeanSums(target.length, r -> Scoring.logLoss(predictions, r, (int) target[r]), mean -> mean);
            case ACCURACY ->
                new MeanSums(
                        target.length, r -> Scoring.argMax(predictions, r) == (int) target[r] ? 1 : 0, mean -> mean);
            case MAE -> new MeanSums(target.length, r -> Math.abs(target[r] - predictions.get(r, 0)), mean -> mean);
            case RMSE -> new MeanSums(target.length, r -> squaredError(target, predictions, r), Math::sqrt);
            case R2 -> new DeterminationSums(target, predictions);
            case BALANCED_ACCURACY -> new ClassSums(target, predictions, ClassCounts::balancedAccuracy);
            case F1 -> new ClassSums(target, predictions, ClassCounts::f1);
            case AUC -> new RocSums(target, predictions);
        };
    }

    private static double squaredError(double[] target, Matrix predictions, int row) {
        double residual = target[row] - predictions.get(row, 0);
        return residual * residual;
    }
}
