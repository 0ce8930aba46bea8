package io.millrace.gateway.core;

import io.millrace.events.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of a run that an event begins and another one ends. */
public enum Stage {
    PROFILE(EventType.DATASET_SUBMITTED, EventType.DATASET_PROFILED),
    SEARCH(EventType.DATASET_PROFILED, EventType.SEARCH_COMPLETED),
    ENSEMBLE(EventType.SEARCH_COMPLETED, EventType.ENSEMBLE_BUILT),
    PUBLISH(EventType.ENSEMBLE_BUILT, EventType.MODEL_PUBLISHED);

    private final EventType begin;
    private final EventType end;

    Stage(EventType begin, EventType end) {
        this.begin = begin;
        this.end = end;
    }

    /** Event that begins it. */
    public EventType begin() {
        return begin;
    }

    /** Event that ends it. */
    public EventType end() {
        return end;
    }

    /** Stages that an event of this type begins or ends. */
    public static List<Stage> touchedBy(EventType type) {
        return Arrays.stream(values())
                .filter(stage -> stage.begin == type || stage.end == type)
                .toList();
    }

    /** Name in metrics, such as {@code search}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
