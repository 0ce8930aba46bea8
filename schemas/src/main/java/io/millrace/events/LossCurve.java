package io.millrace.events;

import java.util.List;

/**
 * The learning curve of one fold, thinned so that it travels in an event; those of all folds are whole in the object store.
 * One fold and not their mean, since folds stop at different steps, and since all trials of a run share the first one.
 *
 * @param fold the fold that validated, the first of the trial
 * @param points at most {@value #MOST_POINTS}, by ascending step; the kept snapshot among them
 */
public record LossCurve(int fold, List<LossPoint> points) {
    /** Such a curve takes 5 KiB, however many folds there are. */
    public static final int MOST_POINTS = 50;

    public LossCurve {
        points = List.copyOf(points);
    }

    /**
     * A point of the curve.
     *
     * @param step epoch or round, from 1
     * @param trainingLoss mean loss on the training rows: log loss in nats, or mean squared error of the standardised target
     * @param validationLoss the same on the rows of the fold
     */
    public record LossPoint(int step, double trainingLoss, double validationLoss) {}
}
