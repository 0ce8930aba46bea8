package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.StopCheck;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The training loop: epoch after epoch until they are done, patience or time runs out, others were better at the same point, the
 * loss is no number, or the leg of the job ends, whose checkpoint another loop goes on from as if there had been no pause.
 */
final class Epochs {
    private final Network network;
    private final Network.Training training;
    private final MiniBatches batches;
    private final ValidationRows validation;
    private final NetworkConfiguration configuration;
    private final EpochLog log = new EpochLog();
    private Map<String, byte[]> checkpoint = Map.of();

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
    }

    /** Trains the part that is the leg's; the network holds the best weights afterwards. */
    LearningCurve run(BooleanSupplier stop, StopCheck check, Leg leg) {
        float[] initial = network.weights();
        if (!leg.from().isEmpty()) {
            goOn(leg.from());
            log.points().forEach(p -> check.stops(p.step(), p.validationError()));
        }
        for (int epoch = log.size(); epoch < configuration.epochs(); epoch++) {
            Epoch done = epoch(stop);
            if (done.diverged || !judged(done)) {
                return diverged(initial);
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
                checkpoint = log.checkpoint(training);
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
        TrainingState state = TrainingState.restore(from, training.numbers(), best);
        training.goOnAfter(state.steps(), state.draws());
        log.restore(state, best);
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

    private Epoch epoch(BooleanSupplier stop) {
        Epoch epoch = new Epoch();
        batches.shuffle();
        for (int batch = 0; batch < batches.perEpoch() && !epoch.diverged && !epoch.stopped; batch++) {
            epoch.add(batches.step(training, batch));
            epoch.stopped = stop.getAsBoolean();
        }
        return epoch;
    }

    /** Without a good epoch the initial weights are the best there are. */
    private LearningCurve diverged(float[] initial) {
        if (log.isEmpty()) {
            network.restore(initial);
            ValidationRows.Outcome outcome = validation.judge(network);
            log.add(outcome.loss(), outcome, Optional.empty(), network);
        }
        return log.close(TrainingEnd.DIVERGED, network);
    }

    /** Running mean of the training loss over an epoch. */
    private static final class Epoch {
        private double sum;
        private int steps;
        private boolean diverged;
        private boolean stopped;

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
