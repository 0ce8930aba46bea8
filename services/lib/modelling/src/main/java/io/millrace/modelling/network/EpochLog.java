package io.millrace.modelling.network;

import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Gradient;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.score.StepPredictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The learning curve while it grows, the weights at its best point, and what every epoch predicts. */
final class EpochLog {
    private final List<Point> points = new ArrayList<>();
    private final Optional<StepPredictions> steps;
    private int best = -1;
    private float[] weights;

    /** A log without epochs; until there is one, the initial weights are the best. */
    EpochLog(float[] initial, Optional<StepPredictions> steps) {
        this.weights = initial;
        this.steps = steps;
    }

    /** Adds a point and keeps the weights when none is better; of equals the latest. */
    void add(double trainingLoss, ValidationRows.Outcome outcome, Optional<Gradient> gradient, Network network) {
        double validationError = outcome.error();
        points.add(new Point(points.size() + 1, trainingLoss, outcome.loss(), validationError, gradient));
        steps.ifPresent(s -> s.add(outcome::predictions));
        if (best < 0 || validationError <= points.get(best).validationError()) {
            best = points.size() - 1;
            weights = network.weights();
        }
    }

    /** Goes on where another was; throws an IllegalArgumentException where that had other validation rows. */
    void restore(TrainingState state, Map<String, byte[]> parts, float[] best) {
        steps.ifPresent(s -> state.restore(s, parts));
        points.addAll(state.points());
        this.best = state.best();
        weights = best;
    }

    /** Epochs so far. */
    int size() {
        return points.size();
    }

    /** Where the training stands, with the sum of the losses of the epoch that is under way. */
    Map<String, byte[]> checkpoint(Network.Training training, double loss) {
        return new TrainingState(points, best, training.steps(), training.draws(), loss)
                .parts(training.numbers(), weights, steps);
    }

    List<Point> points() {
        return Collections.unmodifiableList(points);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** Epochs since the best one. */
    int sinceBest() {
        return points.size() - 1 - best;
    }

    /** Validation error of the last epoch. */
    double lastError() {
        return points.get(points.size() - 1).validationError();
    }

    /** Puts the best weights back into the network. */
    void rewind(Network network) {
        network.restore(weights);
    }

    /** Puts the best weights back into the network and ends the curve. */
    LearningCurve close(TrainingEnd end, Network network) {
        rewind(network);
        return new LearningCurve(points, best, end.wireName());
    }
}
