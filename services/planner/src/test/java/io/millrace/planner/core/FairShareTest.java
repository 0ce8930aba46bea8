package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that share one queue of trials, as they share the topic: first in, first out, and one trainer. */
class FairShareTest {
    private static final int WINDOW = 4;

    private static final SearchPolicy POLICY =
            new SearchPolicy(WINDOW, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, Map.of());

    private final Map<String, SearchState> states = new LinkedHashMap<>();
    private final Map<String, Integer> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> served = new LinkedHashMap<>();
    private final Deque<Queued> queue = new ArrayDeque<>();
    private Instant now = Given.START;

    private record Queued(String run, TrialRequested trial) {}

    @Test
    void aSmallRunThatComesLateWaitsForAWindowOfEachOtherRunWhateverTheirSize() {
        for (int big = 0; big < 3; big++) {
            begin("big-" + big, Given.trials(500, 5_000));
        }
        for (int i = 0; i < 300; i++) {
            serve();
        }
        begin("small", Given.trials(500, 6));
        int before = total();
        while (states.get("small").active()) {
            serve();
            assertThat(waiting.values()).as("trials of one run in the queue").allMatch(n -> n <= WINDOW);
        }
        // Its turns come at least as often as every run has used its window up once: 8 trials, promotions included.
        assertThat(total() - before).isLessThanOrEqualTo((served.get("small") + 1) * WINDOW * states.size());
        assertThat(served.get("small")).isGreaterThanOrEqualTo(6);
    }

    @Test
    void runsThatAreAlikeGetAlikeShares() {
        for (int run = 0; run < 5; run++) {
            begin("run-" + run, Given.trials(500, 5_000));
        }
        for (int i = 0; i < 1_000; i++) {
            serve();
        }
        assertThat(served.values()).allMatch(n -> Math.abs(n - 200) <= WINDOW);
    }

    private int total() {
        return served.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void begin(String run, DatasetProfiled dataset) {
        take(run, Search.begin(dataset, POLICY, now));
    }

    private void serve() {
        Queued next = queue.remove();
        now = now.plusMillis(100);
        waiting.merge(next.run(), -1, Integer::sum);
        served.merge(next.run(), 1, Integer::sum);
        take(
                next.run(),
                Search.on(states.get(next.run()), Given.scored(next.trial(), Given.error(next.trial()), 0.1), now));
    }

    private void take(String run, Decision decision) {
        states.put(run, decision.state());
        decision.emissions().forEach(emission -> {
            Event event = emission.event();
            if (event instanceof TrialRequested trial) {
                queue.add(new Queued(run, trial));
                waiting.merge(run, 1, Integer::sum);
            } else if (event instanceof RangeTestRequested test) {
                // Range tests have a queue of their own, and here nobody to wait for.
                take(run, Search.on(states.get(run), Given.range(test, 0.01), now));
            }
        });
    }
}
