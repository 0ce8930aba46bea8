package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.StopCheck;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The training loop: epoch after epoch until they are done, patience or time runs out, others were better at the same point, or
 * the loss is no number.
 */
final class Epochs {
    private final Network network;
    private final Network.Training training;
    private final MiniBatches batches;
    private final ValidationRows validation;
    private final NetworkConfiguration configuration;
    private final EpochLog log = new EpochLog();

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

    /** Trains; the network holds the best weights afterwards. */
    LearningCurve run(BooleanSupplier stop, StopCheck check) {
        float[] initial = network.weights();
        for (int epoch = 0; epoch < configuration.epochs(); epoch++) {
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
        }
        return log.close(TrainingEnd.COMPLETED, network);
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
