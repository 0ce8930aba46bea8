package io.millrace.planner;

import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Outage;
import io.millrace.runtime.Platform;
import io.millrace.runtime.work.Tries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the clock for runs that are due, and now and then looks after what was left behind. */
final class PlannerClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlannerClock.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final PlanRun planRun;
    private final SearchStore store;
    private final Outbox outbox;
    private final WakeUpCalls wakeUps;
    private final GivenUp givenUp;
    private final EventBus bus;
    private final Clock clock;
    private final Tries tries;
    private final Duration searchesKept;
    private final Housekeeping chores = new Housekeeping("planner-clock");

    PlannerClock(
            PlanRun planRun,
            SearchStore store,
            Outbox outbox,
            WakeUpCalls wakeUps,
            GivenUp givenUp,
            Platform platform,
            Duration searchesKept) {
        this.planRun = planRun;
        this.store = store;
        this.outbox = outbox;
        this.wakeUps = wakeUps;
        this.givenUp = givenUp;
        this.bus = platform.bus();
        this.clock = platform.clock();
        this.tries = new Tries(platform.retries().attempts());
        this.searchesKept = searchesKept;
    }

    void start() {
        wakeUps.add(store.wakeUps());
        chores.every(TICK, this::tick).every(LOOK_AFTER, this::lookAfter).every(FORGET, this::forget);
    }

    private void tick() {
        Instant now = clock.instant();
        wakeUps.due(now).forEach(runId -> tick(runId, now));
    }

    /** Asks for one run. What is wrong with it holds up no other; it is asked again a little later, and fails in the end. */
    private void tick(String runId, Instant now) {
        try {
            planRun.tick(runId);
            tries.succeeded(runId);
        } catch (RuntimeException e) {
            if (Outage.in(e)) {
                LOG.warn("the clock of run {} cannot be asked yet: {}", runId, e.toString());
            } else {
                LOG.warn("the clock of run {} could not be asked", runId, e);
            }
            wakeUps.set(runId, Optional.of(now.plus(AFTER_FAILURE)));
            if (tries.usedUp(runId, e)) {
                fail(runId, e, now);
            }
        }
    }

    private void fail(String runId, RuntimeException failure, Instant now) {
        try {
            givenUp.ofClock(runId, failure, now).ifPresent(end -> {
                LOG.error("run {} is given up", runId);
                bus.publish(List.of(end));
            });
        } catch (RuntimeException e) {
            LOG.warn("the end of run {} could not be told yet: {}", runId, e.toString());
        }
    }

    private void lookAfter() {
        outbox.publishLeftovers();
        wakeUps.add(store.wakeUps());
    }

    private void forget() {
        store.forgetUntil(clock.instant().minus(searchesKept));
    }

    @Override
    public void close() {
        chores.close();
    }
}
