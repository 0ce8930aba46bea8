package io.millrace.gateway.store;

import io.millrace.gateway.core.Stage;
import java.time.Duration;
import java.util.Map;

/**
 * What became of an event.
 *
 * @param first whether it was not recorded before
 * @param stages stages of its run that are whole now that this event is known, with their lengths
 */
public record Recorded(boolean first, Map<Stage, Duration> stages) {
    static final Recorded BEFORE = new Recorded(false, Map.of());

    public Recorded {
        stages = Map.copyOf(stages);
    }
}
