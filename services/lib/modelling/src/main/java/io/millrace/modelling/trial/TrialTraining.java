package io.millrace.modelling.trial;

import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.StepChoice;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Trains a trial fold after fold on the calling thread. No Kafka, no files, no clock but the thread's processor time.
 *
 * <p>A rerun is bit for bit the same unless a stop cuts in, also when it goes on from earlier folds or
 * from a fold that paused or that another worker left.
 */
public final class TrialTraining {
    private final Learners learners;

    public TrialTraining(Learners learners) {
        this.learners = learners;
    }

    /**
     * Why a training ends early.
     *
     * @param stop the time is over: the fold that trains keeps its best model so far, later ones are left out
     * @param cancelled nobody wants the result: what trains now is thrown away
     * @param leaving another worker is to go on: what trains now leaves its state in the store where it can, else it is thrown away
     */
    public record Interrupts(BooleanSupplier stop, BooleanSupplier cancelled, BooleanSupplier leaving) {
        /** Of a worker that stays. */
        public Interrupts(BooleanSupplier stop, BooleanSupplier cancelled) {
            this(stop, cancelled, () -> false);
        }

        /** Never. */
        public static Interrupts none() {
            return new Interrupts(() -> false, () -> false);
        }
    }

    /**
     * Trains the folds that {@code previous} lacks, and the rest of one that paused; those after one that the trial's rule
     * stopped or that pauses are left out.
     *
     * @param previous result of the rung below; its folds are kept as they are, but one that paused goes on from its checkpoint,
     *     or from the start where that is not there
     * @return all folds so far; without any where {@code stop} was true before the first began
     * @throws CancellationException when cancelled or leaving
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
                found = new FoldTraining(learner, table, spec, fold, interrupts, store)
                        .train(PartsArchive.under("fold-" + fold + "/", previous.checkpoint()));
                store.keep(found);
            }
            trained.add(found);
            if (found.curve().endedEarly()) {
                break;
            }
        }
        return previous.with(unflattered(table, spec, trained), table, trained.size() == missing.size());
    }

    /** The folds with predictions at the steps that the other folds would have chosen, where rows are few. */
    private static List<FoldResult> unflattered(Table table, TrialSpec spec, List<FoldResult> trained) {
        List<StepChoice.Fold> folds = trained.stream()
                .flatMap(f -> f.steps().stream().map(s -> new StepChoice.Fold(s, targets(table, f.fold()))))
                .toList();
        if (folds.isEmpty() || folds.size() < trained.size()) {
            return trained;
        }
        List<Matrix> predictions = new StepChoice(spec.metric()).predictions(folds);
        return IntStream.range(0, trained.size())
                .mapToObj(i -> trained.get(i).predicting(predictions.get(i)))
                .toList();
    }

    private static double[] targets(Table table, int fold) {
        return OutOfFold.pick(table.target(), table.rowsOf(fold));
    }
}
