package io.millrace.planner;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.SearchPolicy;
import io.millrace.planner.core.DataKind;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.Search;
import io.millrace.planner.core.SearchState;
import io.millrace.planner.store.Commit;
import io.millrace.planner.store.Input;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Takes the events of a run, lets the search decide, stores and then publishes the decision. */
final class PlanRun implements EventFollower {
    private final SearchPolicy policy;
    private final SearchStore store;
    private final Outbox outbox;
    private final WakeUpCalls wakeUps;
    private final PlannerMetrics metrics;
    private final Clock clock;

    PlanRun(
            SearchPolicy policy,
            SearchStore store,
            Outbox outbox,
            WakeUpCalls wakeUps,
            PlannerMetrics metrics,
            Clock clock) {
        this.policy = policy;
        this.store = store;
        this.outbox = outbox;
        this.wakeUps = wakeUps;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void on(Envelope<? extends Event> e) {
        Instant now = clock.instant();
        Input input = new Input(e.runId(), Optional.of(e.id()), e.traceparent(), now);
        decide(input, state -> decide(state, e.event(), now));
    }

    /** Asks the clock on behalf of a run. */
    void tick(String runId) {
        Instant now = clock.instant();
        Input input = new Input(runId, Optional.empty(), Optional.empty(), now);
        if (!decide(input, state -> state.map(s -> Search.tick(s, now)))) {
            // Another planner has moved the run on: what it stored tells when to ask next.
            wakeUps.set(runId, store.find(runId).flatMap(SearchState::wakeUp));
        }
    }

    private Optional<Decision> decide(Optional<SearchState> state, Event event, Instant now) {
        if (state.isPresent()) {
            return Optional.of(Search.on(state.get(), event, now));
        }
        return event instanceof DatasetProfiled profiled
                ? Optional.of(Search.begin(profiled, experienced(profiled), now))
                : Optional.empty();
    }

    /** The policy with what earlier runs on this kind of data tell of the cures. */
    private SearchPolicy experienced(DatasetProfiled profiled) {
        return policy.with(store.cureRecords(DataKind.of(profiled)));
    }

    private boolean decide(Input input, Function<Optional<SearchState>, Optional<Decision>> decision) {
        Optional<Commit> commit = metrics.timed(() -> store.decide(input, decision));
        commit.ifPresent(c -> {
            wakeUps.set(input.runId(), c.state().wakeUp());
            outbox.publish(c.outbox());
            metrics.count(c.outbox());
        });
        return commit.isPresent();
    }
}
