package io.millrace.planner;

import io.millrace.events.EventType;
import io.millrace.events.SearchPolicy;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import java.util.Map;
import java.util.Set;

/** Follows the events of every run and decides what is tried next. */
public final class PlannerService implements Service {
    private static final String GROUP = "millrace-planner";
    private static final Set<EventType> FOLLOWED = Set.of(
            EventType.DATASET_PROFILED,
            EventType.DATASET_REJECTED,
            EventType.LEARNING_RATE_FOUND,
            EventType.TRIAL_EVALUATED,
            EventType.TRIAL_FAILED,
            EventType.MODEL_PUBLISHED,
            EventType.RUN_FAILED);

    private final PlannerConfig config;
    private final Platform platform;
    private SearchStore store;
    private PlannerClock clock;
    private Subscription subscription;

    public PlannerService(PlannerConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public synchronized void start() {
        store = SearchStore.open(config.database());
        Outbox outbox = new Outbox(store, platform.bus());
        WakeUpCalls wakeUps = new WakeUpCalls();
        PlannerMetrics metrics = new PlannerMetrics(platform.metrics(), wakeUps::active);
        SearchPolicy policy = new SearchPolicy(config.window(), config.defaultBudget(), config.search(), Map.of())
                .with(config.stopping())
                .with(config.rungs());
        PlanRun planRun = new PlanRun(policy, store, outbox, wakeUps, metrics, platform.clock());
        GivenUp givenUp = new GivenUp(store);
        clock = new PlannerClock(planRun, store, outbox, wakeUps, givenUp, platform, config.searchesKept());
        outbox.publishEverything();
        clock.start();
        subscription = platform.bus().follow(GROUP, FOLLOWED, planRun, givenUp);
    }

    @Override
    public synchronized boolean ready() {
        return subscription != null && subscription.ready() && store.answers();
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        if (clock != null) {
            clock.close();
        }
        if (store != null) {
            store.close();
        }
    }
}
