package io.millrace.e2e;

import io.millrace.events.Event;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.Search;
import io.millrace.planner.core.SearchState;
import io.millrace.planner.store.Input;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as it stands after so many trials: folded by the planner's own search, with answers from {@link StandIns}. */
final class GrownSearch {
    private static final SearchPolicy POLICY =
            new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, Map.of());
    private static final double SECONDS = 0.3;

    private final String runId;
    private final Instant now = Instant.now();
    private final Deque<Emission> open = new ArrayDeque<>();
    private SearchState state;

    private GrownSearch(int run, int trials) {
        runId = "run-" + run;
        take(Search.begin(ProfiledRuns.dataset(ProfiledRuns.ofTrials(10 * trials, run)), POLICY, now));
    }

    static GrownSearch of(int run, int trials) {
        GrownSearch search = new GrownSearch(run, trials);
        while (search.state.ended() < trials) {
            Event answer = StandIns.answer(search.open.remove().event(), SECONDS);
            search.take(Search.on(search.state, answer, search.now));
        }
        return search;
    }

    private void take(Decision decision) {
        state = decision.state();
        for (Emission emission : decision.emissions()) {
            if (emission.event() instanceof TrialRequested || emission.event() instanceof RangeTestRequested) {
                open.add(emission);
            }
        }
    }

    /** Puts it into the planner's memory, as the first decision on the run; what is open waits in the outbox. */
    void store(SearchStore store) {
        List<Emission> waiting = new ArrayList<>(open);
        store.decide(
                new Input(runId, Optional.of("grown-" + runId), Optional.empty(), now),
                unknown -> Optional.of(new Decision(state, waiting)));
    }
}
