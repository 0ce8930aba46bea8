package io.millrace.gateway.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All runs in numbers.
 *
 * @param runs runs by status
 * @param quietest last event of the run under way that has been silent for longest
 * @param lastModel when the latest model was published
 */
public record Census(Map<String, Long> runs, Optional<Instant> quietest, Optional<Instant> lastModel) {
    public Census {
        runs = Map.copyOf(runs);
    }
}
