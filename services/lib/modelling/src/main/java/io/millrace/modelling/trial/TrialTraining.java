package io.millrace.modelling.trial;

import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Trains a trial fold after fold on the calling thread. No Kafka, no files, no clock but the thread's processor time.
 *
 * <p>A rerun is bit for bit the same unless a stop cuts in, also when it goes on from earlier folds or
 * from a fold that paused.
 */
public final class TrialTraining {
    private static final double NANOS = 1e9;

    private final Learners learners;

    public TrialTraining(Learners learners) {
        this.learners = learners;
    }

    /**
     * Why a training ends early.
     *
     * @param stop the time is over: the fold that trains keeps its best model so far, later ones are left out
     * @param cancelled nobody wants the result: what trains now is thrown away
     */
    public record Interrupts(BooleanSupplier stop, BooleanSupplier cancelled) {
        /** Never. */
        public static Interrupts none() {
            return new Interrupts(() -> false, () -> false);
        }

        boolean any() {
            return stop.getAsBoolean() || cancelled.getAsBoolean();
        }
    }

    /**
     * Trains the folds that {@code previous} lacks, and the rest of one that paused; those after one that the trial's rule
     * stopped or that pauses are left out.
     *
     * @param previous result of the rung below; its folds are kept as they are, but one that paused goes on from its checkpoint,
     *     or from the start where that is not there
     * @return all folds so far; without any where {@code stop} was true before the first began
     * @throws CancellationException when cancelled
     * @throws UnusableModelException when a fold's model predicts no finite numbers
     */
    public TrialResult train(
            Table table, TrialSpec spec, TrialResult previous, Interrupts interrupts, FoldStore store) {
        Learner learner = new BaggedLearner(learners.learner(spec.configuration()), spec.bagging());
        List<Integer> missing = spec.folds().stream()
                .filter(f -> !previous.hasEnded(f))
                .sorted()
                .toList();
        List<FoldResult> trained = new ArrayList<>();
        for (int fold : missing) {
            FoldResult found = store.find(fold).orElse(null);
            if (found == null) {
                if (interrupts.stop().getAsBoolean()) {
                    break;
                }
                found = trainFold(learner, table, spec, fold, leg(spec, previous, fold), interrupts);
                store.keep(found);
            }
            trained.add(found);
            if (found.curve().endedEarly()) {
                break;
            }
        }
        return previous.with(trained, table, trained.size() == missing.size());
    }

    private static Leg leg(TrialSpec spec, TrialResult previous, int fold) {
        return new Leg(PartsArchive.under("fold-" + fold + "/", previous.checkpoint()), spec.pauseAfter());
    }

    private static FoldResult trainFold(
            Learner learner, Table table, TrialSpec spec, int fold, Leg leg, Interrupts interrupts) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int[] validation = table.rowsOf(fold);
        int[] training = table.trainingRows(fold);
        long seed = spec.seedOf(fold);
        int[] sample = spec.rowLimit()
                .map(limit -> TrainingSample.of(table, training, limit, seed))
                .orElse(training);
        TrainingJob job = new TrainingJob(
                table,
                sample,
                validation,
                spec.configuration(),
                spec.learningRate(),
                spec.metric(),
                seed,
                spec.stopRule().filter(rule -> rule.fold() == fold),
                leg);
        Learner.Fitted fitted = learner.fit(job, interrupts::any);
        try (FittedModel model = fitted.model()) {
            if (interrupts.cancelled().getAsBoolean()) {
                throw new CancellationException("the trial was cancelled while fold " + fold + " trained");
            }
            Matrix predictions = model.predict(table, validation);
            for (float value : predictions.values()) {
                if (!Float.isFinite(value)) {
                    throw new UnusableModelException("fold " + fold + " ended with a model that predicts " + value
                            + "; its training stopped by " + fitted.curve().stoppedBy());
                }
            }
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / NANOS;
            return new FoldResult(fold, predictions, model.parts(), fitted.curve(), seconds, fitted.checkpoint());
        }
    }
}
