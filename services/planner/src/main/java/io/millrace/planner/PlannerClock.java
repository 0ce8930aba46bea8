package io.millrace.planner;

import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Housekeeping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Asks the clock for runs that are due, and now and then looks after what was left behind. */
final class PlannerClock implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    private static final Duration FORGET = Duration.ofMinutes(10);
    /** Twice as long as topics keep an event unless they are told otherwise, so that none comes again. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final PlanRun planRun;
    private final SearchStore store;
    private final Outbox outbox;
    private final WakeUpCalls wakeUps;
    private final Clock clock;
    private final Housekeeping chores = new Housekeeping("planner-clock");

    PlannerClock(PlanRun planRun, SearchStore store, Outbox outbox, WakeUpCalls wakeUps, Clock clock) {
        this.planRun = planRun;
        this.store = store;
        this.outbox = outbox;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    void start() {
        wakeUps.add(store.wakeUps());
        chores.every(TICK, this::tick).every(LOOK_AFTER, this::lookAfter).every(FORGET, this::forget);
    }

    private void tick() {
        Instant now = clock.instant();
        wakeUps.due(now).forEach(planRun::tick);
    }

    private void lookAfter() {
        outbox.publishLeftovers();
        wakeUps.add(store.wakeUps());
    }

    private void forget() {
        store.forgetUntil(clock.instant().minus(KEPT));
    }

    @Override
    public void close() {
        chores.close();
    }
}
