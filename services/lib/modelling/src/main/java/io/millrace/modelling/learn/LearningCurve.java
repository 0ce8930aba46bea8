package io.millrace.modelling.learn;

import java.util.List;

/**
 * How a fit went.
 *
 * @param points one per epoch of a network, or per round (thinned to at most 200) of trees
 * @param best index into {@code points} of the snapshot that was kept
 * @param stoppedBy {@code completed}, {@code patience}, {@code deadline} or {@code diverged}
 */
public record LearningCurve(List<Point> points, int best, String stoppedBy) {
    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * A point of the curve.
     *
     * @param step epoch or round, from 1
     * @param trainingLoss mean training loss (log loss in nats, or mean squared error of the standardised target); boosting
     *     measures it every tenth round and repeats it in between
     * @param validationLoss the same on the validation rows
     * @param validationError the job's metric on the validation rows as an error to minimise
     */
    public record Point(int step, double trainingLoss, double validationLoss, double validationError) {}
}
