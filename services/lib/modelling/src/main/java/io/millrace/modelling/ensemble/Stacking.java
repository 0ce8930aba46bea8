package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;

/** Decides whether a {@link Stack} over the members is better than their weighted mean. */
final class Stacking {
    /** AutoGluon stacks from so many rows on. */
    private static final int LEAST_ROWS = 750;
    /** Cells (rows x members x classes) that a fit may see: all fits together take some tenths of a second, */
    private static final int MOST_CELLS = 60_000;
    /** and less than that for squared errors, whose rows count once per fit. */
    private static final int MOST_CELLS_OF_SQUARES = 1_000_000;

    private static final double[] PENALTIES = {3e-3, 3e-2};

    private Stacking() {}

    /**
     * The penalty of the stack whose fits on four fifths of the rows have less error on the rest than the mean has, by
     * more than one standard error; empty where there is none, rows are few, or the metric is no loss that can be fitted.
     *
     * @param weights weights of the members in the mean
     * @param mean the mean's predictions, calibrated
     */
    static Optional<Double> choose(
            Metric metric, double[] target, List<Matrix> members, double[] weights, Matrix mean, long seed) {
        if ((metric != Metric.LOG_LOSS && metric != Metric.RMSE && metric != Metric.R2)
                || target.length < LEAST_ROWS
                || members.size() < 2) {
            return Optional.empty();
        }
        int[] rows = rows(target, members, seed);
        double[] truth = OutOfFold.pick(target, rows);
        List<Matrix> sampled = select(members, rows);
        Matrix yardstick = mean.select(rows);
        Optional<Double> penalty = Optional.empty();
        Parts.Gain best = new Parts.Gain(0, 0);
        for (double tried : PENALTIES) {
            Parts.Gain gain = Parts.gain(truth.length, (fitted, held) -> {
                Stack stack = StackFit.fit(OutOfFold.pick(truth, fitted), select(sampled, fitted), weights, tried);
                double[] rest = OutOfFold.pick(truth, held);
                return metric.asError(Scoring.score(metric, rest, yardstick.select(held)))
                        - metric.asError(Scoring.score(metric, rest, stack.apply(select(sampled, held))));
            });
            if (gain.mean() - gain.standardError() > best.mean() - best.standardError()) {
                best = gain;
                penalty = Optional.of(tried);
            }
        }
        return penalty;
    }

    /** Fits the stack of a penalty to as many of the rows as it may see. */
    static Stack fit(double[] target, List<Matrix> members, double[] weights, double penalty, long seed) {
        int[] rows = rows(target, members, seed);
        return StackFit.fit(OutOfFold.pick(target, rows), select(members, rows), weights, penalty);
    }

    private static int[] rows(double[] target, List<Matrix> members, long seed) {
        int outputs = members.get(0).columns();
        int most = (outputs > 1 ? MOST_CELLS : MOST_CELLS_OF_SQUARES) / (members.size() * outputs);
        return RowSample.stratified(target, Math.max(LEAST_ROWS, most), seed);
    }

    private static List<Matrix> select(List<Matrix> members, int[] rows) {
        return members.stream().map(m -> m.select(rows)).toList();
    }
}
