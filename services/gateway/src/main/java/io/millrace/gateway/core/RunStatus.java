package io.millrace.gateway.core;

import io.millrace.events.EventType;
import java.util.Locale;

/**
 * Whose turn it is in a run. The constants are ordered: a run is at the last one that any of its events led to, so the
 * order in which events arrive does not matter. Publication beats failure, since a model is there.
 */
public enum RunStatus {
    /** Accepted, its event not yet seen on the bus. */
    SUBMITTED,
    /** The profiler reads the data set. */
    PROFILING,
    /** Range tests and trials run. */
    SEARCHING,
    /** The ensemble is selected and scored. */
    ENSEMBLING,
    /** Ended: the data set cannot be used. */
    REJECTED,
    /** Ended without a model. */
    FAILED,
    /** Ended with a model. */
    PUBLISHED;

    /** Whether the run is over. */
    public boolean isTerminal() {
        return this == REJECTED || this == FAILED || this == PUBLISHED;
    }

    /** Name in answers and queries, such as {@code searching}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a run is at least, once an event of this type exists. */
    public static RunStatus after(EventType type) {
        return switch (type) {
            case DATASET_SUBMITTED -> PROFILING;
            case DATASET_PROFILED,
                    RANGE_TEST_REQUESTED,
                    LEARNING_RATE_FOUND,
                    TRIAL_REQUESTED,
                    TRIAL_TRAINED,
                    TRIAL_FAILED,
                    TRIAL_EVALUATED,
                    DECISION_MADE,
                    INTERVENTION_ASSESSED -> SEARCHING;
            case SEARCH_COMPLETED, ENSEMBLE_BUILT -> ENSEMBLING;
            case DATASET_REJECTED -> REJECTED;
            case RUN_FAILED -> FAILED;
            case MODEL_PUBLISHED -> PUBLISHED;
            case PREDICTION_REQUESTED, PREDICTION_MADE, PREDICTION_FAILED ->
                throw new IllegalArgumentException(type.eventName() + " belongs to no run");
        };
    }
}
