package io.millrace.events;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every event of the flow with its names on the wire. */
public enum EventType {
    DATASET_SUBMITTED("dataset.submitted", DatasetSubmitted.class),
    DATASET_PROFILED("dataset.profiled", DatasetProfiled.class),
    DATASET_REJECTED("dataset.rejected", DatasetRejected.class),
    RANGE_TEST_REQUESTED("range-test.requested", RangeTestRequested.class),
    LEARNING_RATE_FOUND("learning-rate.found", LearningRateFound.class),
    TRIAL_REQUESTED("trial.requested", TrialRequested.class),
    TRIAL_TRAINED("trial.trained", TrialTrained.class),
    TRIAL_FAILED("trial.failed", TrialFailed.class),
    TRIAL_EVALUATED("trial.evaluated", TrialEvaluated.class),
    DECISION_MADE("decision.made", DecisionMade.class),
    INTERVENTION_ASSESSED("intervention.assessed", InterventionAssessed.class),
    SEARCH_COMPLETED("search.completed", SearchCompleted.class),
    ENSEMBLE_BUILT("ensemble.built", EnsembleBuilt.class),
    MODEL_PUBLISHED("model.published", ModelPublished.class),
    RUN_FAILED("run.failed", RunFailed.class),
    PREDICTION_REQUESTED("prediction.requested", PredictionRequested.class),
    PREDICTION_MADE("prediction.made", PredictionMade.class),
    PREDICTION_FAILED("prediction.failed", PredictionFailed.class);

    private final String eventName;
    private final Class<? extends Event> payload;

    EventType(String eventName, Class<? extends Event> payload) {
        this.eventName = eventName;
        this.payload = payload;
    }

    /** Such as {@code trial.requested}. */
    public String eventName() {
        return eventName;
    }

    /** Kafka topic, such as {@code millrace.trial.requested}. */
    public String topic() {
        return "millrace." + eventName;
    }

    /** CloudEvents type, such as {@code io.millrace.trial.requested.v1}. */
    public String ceType() {
        return "io.millrace." + eventName + ".v1";
    }

    /** The record that carries the event. */
    public Class<? extends Event> payload() {
        return payload;
    }

    /** The types whose events tell a run. Those of predictions belong to no run: who asks for one chooses their key. */
    public static Set<EventType> ofRuns() {
        return EnumSet.complementOf(EnumSet.of(PREDICTION_REQUESTED, PREDICTION_MADE, PREDICTION_FAILED));
    }

    /** The type of an event. */
    public static EventType of(Event event) {
        return Arrays.stream(values())
                .filter(t -> t.payload.isInstance(event))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        event.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " has no event type"));
    }

    /** The type with a CloudEvents type name, if it is one of ours. */
    public static Optional<EventType> ofCeType(String ceType) {
        return Arrays.stream(values()).filter(t -> t.ceType().equals(ceType)).findFirst();
    }
}
