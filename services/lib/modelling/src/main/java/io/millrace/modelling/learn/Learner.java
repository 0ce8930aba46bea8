package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.modelling.score.StepPredictions;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A family of models that can be fitted. */
public interface Learner {
    /**
     * Fits one model on the calling thread. Equal jobs give equal models, bit for bit, unless {@code stop} cuts in.
     *
     * @param stop asked at least once per epoch or round, cheap ones; when true the best model so far is returned
     * @throws UnusableStateException where the job's leg cannot go on from what it should
     */
    Fitted fit(TrainingJob job, BooleanSupplier stop);

    /** Whether fits of a configuration leave their state at the {@link Savepoints} of their leg. Others can only be stopped. */
    default boolean savesState(Configuration configuration) {
        return false;
    }

    /**
     * A fitted model and how it got there.
     *
     * @param steps what the steps of the fit predicted for the validation rows; absent where these have not decided which is kept,
     *     or are many
     * @param checkpoint parts from which a fit that paused goes on; empty where it did not
     */
    record Fitted(
            FittedModel model, LearningCurve curve, Optional<StepPredictions> steps, Map<String, byte[]> checkpoint) {
        /** Of a fit that did not pause. */
        public Fitted(FittedModel model, LearningCurve curve, Optional<StepPredictions> steps) {
            this(model, curve, steps, Map.of());
        }
    }
}
