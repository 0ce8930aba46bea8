package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.events.LossCurve;
import io.millrace.events.LossCurve.LossPoint;
import io.millrace.events.ProgressCurve;
import io.millrace.events.StopRule;
import io.millrace.events.TrainingEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a fit went.
 *
 * @param points one per epoch of a network, or per round (thinned to at most 200) of trees
 * @param best index into {@code points} of the snapshot that was kept
 * @param stoppedBy {@code completed}, {@code patience}, {@code halving} (paused), {@code median} (by a
 *     {@link io.millrace.events.StopRule}), {@code deadline} or {@code diverged}
 * @param weightsPerRow numbers that were learnt, divided by the rows that they were learnt from; absent for trees
 * @param seedLosses validation losses of the snapshots of models that differ in their seed alone, this one's first; absent for one model
 */
public record LearningCurve(
        List<Point> points,
        int best,
        String stoppedBy,
        Optional<Double> weightsPerRow,
        Optional<List<Double>> seedLosses) {
    public LearningCurve {
        points = List.copyOf(points);
        seedLosses = seedLosses.map(List::copyOf);
    }

    /** A curve of a model that is not made of weights. */
    public LearningCurve(List<Point> points, int best, String stoppedBy) {
        this(points, best, stoppedBy, Optional.empty(), Optional.empty());
    }

    /** The same of a network. */
    public LearningCurve weighing(double weightsPerRow) {
        return new LearningCurve(points, best, stoppedBy, Optional.of(weightsPerRow), seedLosses);
    }

    /** The same of the first of some models. */
    public LearningCurve besides(List<Double> seedLosses) {
        return new LearningCurve(points, best, stoppedBy, weightsPerRow, Optional.of(seedLosses));
    }

    /** The snapshot that was kept. */
    public Point kept() {
        return points.get(best);
    }

    /** The curve for drawing; empty where it has not two points with finite losses, which no line goes through. */
    public Optional<LossCurve> thinned(int fold) {
        List<LossPoint> drawn = Arrays.stream(Thinning.kept(points.size(), LossCurve.MOST_POINTS, best))
                .mapToObj(points::get)
                .filter(p -> Double.isFinite(p.trainingLoss()) && Double.isFinite(p.validationLoss()))
                .map(p -> new LossPoint(p.step(), p.trainingLoss(), p.validationLoss()))
                .toList();
        return drawn.size() < 2 ? Optional.empty() : Optional.of(new LossCurve(fold, drawn));
    }

    /** Whether a {@link StopRule} ended the fit. */
    public boolean stoppedByRule() {
        return TrainingEnd.MEDIAN.is(stoppedBy);
    }

    /** Whether the fit paused and can go on. */
    public boolean paused() {
        return TrainingEnd.HALVING.is(stoppedBy);
    }

    /** Whether it ended for the sake of others, so that it shows less than they do and folds after it are left out. */
    public boolean endedEarly() {
        return stoppedByRule() || paused();
    }

    /** How the error stood at the marks of its progress; empty where the curve has come to none. */
    public Optional<ProgressCurve> progress(Configuration configuration, int fold) {
        return ProgressMarks.best(configuration, points, fold);
    }

    /**
     * A point of the curve.
     *
     * @param step epoch or round, from 1
     * @param trainingLoss mean training loss (log loss in nats, or mean squared error of the standardised target); boosting
     *     measures it every tenth round and repeats it in between
     * @param validationLoss the same on the validation rows
     * @param validationError the job's metric on the validation rows as an error to minimise
     * @param gradient what flowed back at the end of the epoch; absent for trees
     */
    public record Point(
            int step, double trainingLoss, double validationLoss, double validationError, Optional<Gradient> gradient) {
        /** A point without gradients. */
        public Point(int step, double trainingLoss, double validationLoss, double validationError) {
            this(step, trainingLoss, validationLoss, validationError, Optional.empty());
        }
    }

    /**
     * The gradient of an epoch's last batch, one of many, so that it costs nothing.
     *
     * @param norm Euclidean norm over all parameters, after clipping
     * @param deadUnits share of the hidden units that no row of the batch gave a gradient
     */
    public record Gradient(double norm, double deadUnits) {}
}
