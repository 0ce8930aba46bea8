package io.millrace.modelling.trial;

import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.Savepoints;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.learn.UnusableStateException;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains one fold of a trial, from where another worker or the rung below left it. */
final class FoldTraining implements Savepoints {
    private static final Logger LOG = LoggerFactory.getLogger(FoldTraining.class);
    private static final double NANOS = 1e9;

    private final Learner learner;
    private final Table table;
    private final TrialSpec spec;
    private final int fold;
    private final Interrupts interrupts;
    private final FoldStore store;
    /** Who cannot leave a state has nothing to show for a fold that is cut short. */
    private final BooleanSupplier thrownAway;

    private final long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    private double secondsBefore;

    FoldTraining(Learner learner, Table table, TrialSpec spec, int fold, Interrupts interrupts, FoldStore store) {
        this.learner = learner;
        this.table = table;
        this.spec = spec;
        this.fold = fold;
        this.interrupts = interrupts;
        this.store = store;
        this.thrownAway = learner.savesState(spec.configuration())
                ? interrupts.cancelled()
                : () -> interrupts.cancelled().getAsBoolean()
                        || interrupts.leaving().getAsBoolean();
    }

    /**
     * Trains on the calling thread, which is the one that made this.
     *
     * @param paused parts of the checkpoint with which the rung below paused; empty where it did not
     */
    FoldResult train(Map<String, byte[]> paused) {
        BegunFold begun = store.findBegun(fold).orElse(new BegunFold(fold, paused, 0));
        secondsBefore = begun.cpuSeconds();
        Learner.Fitted fitted = fitted(begun.state());
        try (FittedModel model = fitted.model()) {
            if (thrownAway.getAsBoolean()) {
                throw new CancellationException("the trial was cancelled while fold " + fold + " trained");
            }
            Matrix predictions = model.predict(table, table.rowsOf(fold));
            for (float value : predictions.values()) {
                if (!Float.isFinite(value)) {
                    throw new UnusableModelException("fold " + fold + " ended with a model that predicts " + value
                            + "; its training stopped by " + fitted.curve().stoppedBy());
                }
            }
            return new FoldResult(
                    fold,
                    predictions,
                    fitted.steps(),
                    model.parts(),
                    fitted.curve(),
                    cpuSeconds(),
                    fitted.checkpoint());
        }
    }

    private Learner.Fitted fitted(Map<String, byte[]> from) {
        BooleanSupplier stop = () -> interrupts.stop().getAsBoolean() || thrownAway.getAsBoolean();
        try {
            return learner.fit(job(from), stop);
        } catch (UnusableStateException e) {
            LOG.warn("fold {} begins anew: {}", fold, e.getMessage());
            return learner.fit(job(Map.of()), stop);
        }
    }

    private TrainingJob job(Map<String, byte[]> from) {
        int[] training = table.trainingRows(fold);
        long seed = spec.seedOf(fold);
        int[] sample = spec.rowLimit()
                .map(limit -> TrainingSample.of(table, training, limit, seed))
                .orElse(training);
        return new TrainingJob(
                table,
                sample,
                table.rowsOf(fold),
                spec.configuration(),
                spec.learningRate(),
                spec.metric(),
                seed,
                spec.stopRule().filter(rule -> rule.fold() == fold),
                new Leg(from, spec.pauseAfter(), this));
    }

    private double cpuSeconds() {
        return secondsBefore + (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / NANOS;
    }

    @Override
    public boolean due() {
        return !interrupts.cancelled().getAsBoolean() && (interrupts.leaving().getAsBoolean() || store.wantsBegun());
    }

    @Override
    public void take(Map<String, byte[]> state) {
        store.keep(new BegunFold(fold, state, cpuSeconds()));
        if (interrupts.leaving().getAsBoolean()) {
            throw new CancellationException("the worker leaves while fold " + fold + " trains");
        }
    }
}
