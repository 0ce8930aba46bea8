package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.Savepoints;
import io.millrace.modelling.learn.StopCheck;
import io.millrace.modelling.learn.UnusableStateException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The training loop: epoch after epoch until they are done, patience or time runs out, others were better at the same point, the
 * loss is no number, or the leg of the job ends, whose checkpoint another loop goes on from as if there had been no pause. So it
 * does from the state that a savepoint took before any step.
 */
final class Epochs {
    private final Network network;
    private final Network.Training training;
    private final MiniBatches batches;
    private final ValidationRows validation;
    private final NetworkConfiguration configuration;
    private final EpochLog log;
    private Map<String, byte[]> checkpoint = Map.of();
    /** Of the epoch that the leg before was amid. */
    private double begunLoss;

    /** A loop over batches that are in the order of the first epoch. */
    Epochs(
            Network network,
            TrainingRules rules,
            MiniBatches batches,
            ValidationRows validation,
            NetworkConfiguration configuration) {
        this.network = network;
        this.training = network.training(rules);
        this.batches = batches;
        this.validation = validation;
        this.configuration = configuration;
        this.log = new EpochLog(network.weights(), validation.steps());
    }

    /** Trains the part that is the leg's; the network holds the best weights afterwards. */
    LearningCurve run(BooleanSupplier stop, StopCheck check, Leg leg) {
        if (!leg.from().isEmpty()) {
            goOn(leg.from());
            log.points().forEach(p -> check.stops(p.step(), p.validationError()));
        }
        for (int epoch = log.size(); epoch < configuration.epochs(); epoch++) {
            Epoch done = epoch(stop, leg.savepoints());
            if (done.diverged || !judged(done)) {
                return diverged();
            }
            if (done.stopped) {
                return log.close(TrainingEnd.DEADLINE, network);
            }
            if (log.sinceBest() >= configuration.patience()) {
                return log.close(TrainingEnd.PATIENCE, network);
            }
            if (epoch + 1 < configuration.epochs() && check.stops(epoch + 1, log.lastError())) {
                return log.close(TrainingEnd.MEDIAN, network);
            }
            if (epoch + 1 < configuration.epochs()
                    && leg.pauseAfter()
                            .filter(Integer.valueOf(epoch + 1)::equals)
                            .isPresent()) {
                checkpoint = log.checkpoint(training, 0);
                return log.close(TrainingEnd.HALVING, network);
            }
        }
        return log.close(TrainingEnd.COMPLETED, network);
    }

    /** What another loop goes on from; empty where this one did not pause. */
    Map<String, byte[]> checkpoint() {
        return checkpoint;
    }

    private void goOn(Map<String, byte[]> from) {
        float[] best = new float[network.size()];
        TrainingState state;
        try {
            state = TrainingState.restore(from, training.numbers(), best);
            log.restore(state, from, best);
            training.goOnAfter(state.steps(), state.draws());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new UnusableStateException("the training cannot go on: " + e.getMessage(), e);
        }
        begunLoss = state.loss();
        state.points().forEach(epoch -> batches.shuffle());
    }

    /** Adds the epoch to the log, with averaged weights; false where the outcome is no number. */
    private boolean judged(Epoch done) {
        training.swapAverage();
        ValidationRows.Outcome outcome = validation.judge(network);
        if (outcome.isFinite()) {
            log.add(done.meanLoss(), outcome, Optional.of(training.gradient()), network);
        }
        training.swapAverage();
        return outcome.isFinite();
    }

    private Epoch epoch(BooleanSupplier stop, Savepoints savepoints) {
        int made = training.steps() - log.size() * batches.perEpoch();
        Epoch epoch = new Epoch(made, begunLoss);
        begunLoss = 0;
        batches.shuffle();
        for (int batch = made; batch < batches.perEpoch() && !epoch.diverged && !epoch.stopped; batch++) {
            if (savepoints.due()) {
                savepoints.take(log.checkpoint(training, epoch.sum));
            }
            epoch.add(batches.step(training, batch));
            epoch.stopped = stop.getAsBoolean();
        }
        return epoch;
    }

    /** Without a good epoch the initial weights are the best there are. */
    private LearningCurve diverged() {
        if (log.isEmpty()) {
            log.rewind(network);
            ValidationRows.Outcome outcome = validation.judge(network);
            log.add(outcome.loss(), outcome, Optional.empty(), network);
        }
        return log.close(TrainingEnd.DIVERGED, network);
    }

    /** Running mean of the training loss over an epoch. */
    private static final class Epoch {
        private int steps;
        private double sum;
        private boolean diverged;
        private boolean stopped;

        Epoch(int steps, double sum) {
            this.steps = steps;
            this.sum = sum;
        }

        void add(double loss) {
            diverged = !Double.isFinite(loss);
            sum += loss;
            steps++;
        }

        double meanLoss() {
            return sum / steps;
        }
    }
}
