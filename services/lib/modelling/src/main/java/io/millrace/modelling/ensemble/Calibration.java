package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** What is done to probabilities so that they come true as often as they say. */
public sealed interface Calibration permits Temperature, Isotonic {
    /** Calibrated probabilities, rows adding up to 1. */
    Matrix apply(Matrix predictions);

    /** A way to fit a calibration, and from how many rows (by the number of classes) it is worth its risk. */
    record Method(IntUnaryOperator leastRows, Fit fit) {
        private boolean suits(int rows, int classes) {
            return rows >= leastRows.applyAsInt(classes);
        }
    }

    /** Fits to targets and the predictions of the same rows. */
    @FunctionalInterface
    interface Fit {
        Calibration of(double[] target, Matrix predictions);
    }

    /** Rows above this add nothing to a fit. */
    int MOST_ROWS = 20_000;

    List<Method> METHODS = List.of(
            new Method(Temperature::leastRows, Temperature::fit), new Method(Isotonic::leastRows, Isotonic::fit));

    /**
     * The method whose fits on four fifths of the rows lower the log loss of the rest most, each fifth in turn. Empty where
     * none lowers it, and for metrics that do not judge probabilities.
     */
    static Optional<Method> choose(Metric metric, double[] target, Matrix predictions, long seed) {
        if (!isTried(metric, target.length, predictions.columns())) {
            return Optional.empty();
        }
        int[] rows = RowSample.stratified(target, MOST_ROWS, seed);
        double[] truth = OutOfFold.pick(target, rows);
        Matrix sample = predictions.select(rows);
        Optional<Method> best = Optional.empty();
        double most = 0;
        for (Method method : METHODS) {
            if (method.suits(target.length, predictions.columns())) {
                double gain = Parts.gain(
                                truth.length, (fitted, held) -> gain(method.fit(), truth, sample, fitted, held))
                        .mean();
                if (gain > most) {
                    most = gain;
                    best = Optional.of(method);
                }
            }
        }
        return best;
    }

    /** Fits a chosen method to rows; without one nothing is done to predictions. */
    static Calibration fit(Optional<Method> method, double[] target, Matrix predictions, long seed) {
        if (method.isEmpty()) {
            return Temperature.NONE;
        }
        int[] rows = RowSample.stratified(target, MOST_ROWS, seed);
        return method.get().fit().of(OutOfFold.pick(target, rows), predictions.select(rows));
    }

    /** Whether there are rows enough for any method, and the metric judges probabilities. */
    static boolean isTried(Metric metric, int rows, int classes) {
        return metric == Metric.LOG_LOSS && METHODS.stream().anyMatch(m -> m.suits(rows, classes));
    }

    private static double gain(Fit fit, double[] target, Matrix predictions, int[] fitted, int[] held) {
        Calibration calibration = fit.of(OutOfFold.pick(target, fitted), predictions.select(fitted));
        double[] truth = OutOfFold.pick(target, held);
        Matrix rest = predictions.select(held);
        return Scoring.score(Metric.LOG_LOSS, truth, rest)
                - Scoring.score(Metric.LOG_LOSS, truth, calibration.apply(rest));
    }
}
