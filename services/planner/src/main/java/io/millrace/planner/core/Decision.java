package io.millrace.planner.core;

import io.millrace.runtime.Emission;
import java.util.List;

/**
 * What the search answers to an input: what it is now, and what should be published.
 *
 * @param state the new state
 * @param emissions events to publish, in order; their subjects are unique within the run and type
 */
public record Decision(SearchState state, List<Emission> emissions) {
    public Decision {
        emissions = List.copyOf(emissions);
    }
}
