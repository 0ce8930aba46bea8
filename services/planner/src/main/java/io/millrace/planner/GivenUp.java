package io.millrace.planner;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.planner.core.SearchState;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventIds;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Outage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is published when an event, or the clock of a run, could not be handled in any try: the end of the run, which
 * nobody else would tell.
 */
final class GivenUp implements FailureEvents<Event> {
    private static final String SUBJECT = "search";

    private final SearchStore store;

    GivenUp(SearchStore store) {
        this.store = store;
    }

    /** Where the event is itself an end that cannot be taken, the planner forgets the run and tells nothing. */
    @Override
    public List<Emission> of(Envelope<Event> input, Exception failure) {
        Event event = input.event();
        if (event instanceof RunFailed || event instanceof DatasetRejected || event instanceof ModelPublished) {
            store.forget(input.runId());
            return List.of();
        }
        Optional<String> name =
                event instanceof DatasetProfiled profiled ? Optional.of(profiled.name()) : searched(input.runId());
        String what = "could not take the event " + input.type().eventName() + " " + input.subject();
        return name.map(n -> List.of(new Emission(SUBJECT, failed(n, what, failure))))
                .orElse(List.of());
    }

    /** The same for the clock, under an id that is the same each time; empty where the run is not searched any more. */
    Optional<Envelope<RunFailed>> ofClock(String runId, Exception failure, Instant now) {
        return searched(runId)
                .map(name -> new Envelope<>(
                        EventIds.of(EventType.RUN_FAILED, runId + "/clock", 0),
                        SUBJECT,
                        runId,
                        Optional.empty(),
                        Optional.empty(),
                        SearchStore.SOURCE,
                        now,
                        failed(name, "could not go on when the time had come", failure)));
    }

    /** Data set of a run that is under way; the run's id where its state cannot be read. */
    private Optional<String> searched(String runId) {
        try {
            return store.find(runId).filter(SearchState::active).map(state -> state.dataset()
                    .name());
        } catch (RuntimeException e) {
            if (Outage.in(e)) {
                throw e;
            }
            return Optional.of(runId);
        }
    }

    private static RunFailed failed(String name, String what, Exception failure) {
        return new RunFailed(
                name,
                "planner",
                FailureKind.BUG,
                "The planner " + what + ": " + failure
                        + ". Its log has the details; submit the data set again once it is mended.");
    }
}
