package io.millrace.planner.store;

import io.millrace.events.Event;
import io.millrace.planner.core.SearchState;
import io.millrace.runtime.Envelope;
import java.util.List;

/**
 * What a transaction stored.
 *
 * @param state the run's new state
 * @param outbox what is to be published, in order
 */
public record Commit(SearchState state, List<Envelope<? extends Event>> outbox) {
    public Commit {
        outbox = List.copyOf(outbox);
    }
}
