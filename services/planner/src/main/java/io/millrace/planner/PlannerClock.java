package io.millrace.planner;

import io.millrace.planner.store.SearchStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the clock for runs that are due, and now and then looks after what was left behind. */
final class PlannerClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlannerClock.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    /** Kafka keeps no event that long by default, so none comes again. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final PlanRun planRun;
    private final SearchStore store;
    private final Outbox outbox;
    private final WakeUpCalls wakeUps;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "planner-clock");
        t.setDaemon(true);
        return t;
    });

    PlannerClock(PlanRun planRun, SearchStore store, Outbox outbox, WakeUpCalls wakeUps, Clock clock) {
        this.planRun = planRun;
        this.store = store;
        this.outbox = outbox;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    void start() {
        wakeUps.add(store.wakeUps());
        every(TICK, this::tick);
        every(LOOK_AFTER, this::lookAfter);
    }

    private void tick() {
        Instant now = clock.instant();
        wakeUps.due(now).forEach(planRun::tick);
    }

    private void lookAfter() {
        outbox.publishLeftovers();
        wakeUps.add(store.wakeUps());
        store.forgetUntil(clock.instant().minus(KEPT));
    }

    private void every(Duration period, Runnable task) {
        long millis = period.toMillis();
        var unused = thread.scheduleWithFixedDelay(() -> surviving(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** An exception would end the schedule; the next time may go well. */
    private static void surviving(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("The planner's clock goes on after a failure", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
