package io.millrace.runtime;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts envelopes around events. */
public final class Envelopes {
    private Envelopes() {}

    /**
     * What a cause led to: the run and the trace of the cause, ids by {@link EventIds} with the ordinal counted per
     * event type, so that the same emissions of the same cause always have the same ids.
     *
     * @param source service that publishes them, such as {@code /millrace/trainer}
     */
    public static List<Envelope<? extends Event>> causedBy(
            Envelope<? extends Event> cause, String source, Instant time, List<Emission> emissions) {
        Map<EventType, Integer> ordinals = new EnumMap<>(EventType.class);
        List<Envelope<? extends Event>> caused = new ArrayList<>();
        for (Emission emission : emissions) {
            EventType type = EventType.of(emission.event());
            int ordinal = ordinals.merge(type, 1, Integer::sum) - 1;
            caused.add(new Envelope<>(
                    EventIds.of(type, cause.id(), ordinal),
                    emission.subject(),
                    cause.runId(),
                    Optional.of(cause.id()),
                    cause.traceparent(),
                    source,
                    time,
                    emission.event()));
        }
        return caused;
    }
}
