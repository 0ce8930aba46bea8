package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.Rungs;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Given;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner among trainers and range testers that answer at once, on a real PostgreSQL. */
class PlannerServiceIT {
    private static EmbeddedDatabase database;
    private static PlannerConfig config;

    @TempDir
    Path scratch;

    @BeforeAll
    static void startDatabase(@TempDir Path directory) {
        database = EmbeddedDatabase.start(directory);
        config = new PlannerConfig(
                new DatabaseConfig(database.url(), database.user(), ""),
                4,
                Duration.ofMinutes(5),
                SearchStrategy.DIAGNOSIS,
                Stopping.NONE,
                Rungs.FOLDS);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void aProfiledDataSetLeadsToACompletedSearchThoughThePlannerIsRestartedAmidst() throws Exception {
        BlockingQueue<SearchCompleted> completed = new LinkedBlockingQueue<>();
        BlockingQueue<String> evaluated = new LinkedBlockingQueue<>();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (EventBus bus = new InMemoryEventBus(Clock.systemUTC(), RetryPolicy.DEFAULT)) {
            Subscription range = bus.work(
                    "range-tester",
                    RangeTestRequested.class,
                    1,
                    (e, work) -> List.of(new Emission(e.subject(), Given.range(e.event(), .01))));
            Subscription trainer = bus.work("trainer", TrialRequested.class, 2, (e, work) -> {
                assertThat(seen.add(e.id())).isTrue();
                return List.of(new Emission(e.subject(), Given.scored(e.event(), Given.error(e.event()), .01)));
            });
            Subscription watcher = bus.watch(EnumSet.allOf(EventType.class), e -> {
                if (e.event() instanceof SearchCompleted c) {
                    completed.add(c);
                } else if (e.event() instanceof TrialEvaluated t) {
                    evaluated.add(t.trial());
                }
            });

            try (PlannerService planner = start(bus)) {
                bus.publish(List.of(profiled("restarted", Given.trials(20_000, 30))));
                assertThat(evaluated.poll(30, TimeUnit.SECONDS)).isNotNull();
                assertThat(planner.ready()).isTrue();
            }
            try (PlannerService again = start(bus)) {
                SearchCompleted search = completed.poll(60, TimeUnit.SECONDS);
                assertThat(search).isNotNull();
                assertThat(search.trials()).isEqualTo(30);
                assertThat(search.candidates()).hasSize(25);
                assertThat(search.candidates())
                        .filteredOn(c -> c.artifacts().folds().size() == 5)
                        .hasSize(6);
                assertThat(again.ready()).isTrue();
            }
            watcher.close();
            trainer.close();
            range.close();
        }
    }

    @Test
    void theClockEndsARunWhoseBudgetIsSpent() throws Exception {
        BlockingQueue<Event> ends = new LinkedBlockingQueue<>();
        try (EventBus bus = new InMemoryEventBus(Clock.systemUTC(), RetryPolicy.DEFAULT)) {
            Subscription watcher =
                    bus.watch(Set.of(EventType.RUN_FAILED, EventType.SEARCH_COMPLETED), e -> ends.add(e.event()));
            DatasetProfiled longAgo = Given.budget(500, Duration.ofSeconds(2));
            try (PlannerService planner = start(bus)) {
                // Submitted years ago: no trainer answers, so the run fails as soon as the clock is asked.
                bus.publish(List.of(profiled("spent", longAgo)));
                assertThat(ends.poll(30, TimeUnit.SECONDS)).hasFieldOrPropertyWithValue("stage", "planner");
                assertThat(planner.ready()).isTrue();
            }
            watcher.close();
        }
    }

    private PlannerService start(EventBus bus) {
        PlannerService planner = new PlannerService(
                config,
                new Platform(bus, new InMemoryBlobStore(), new PrometheusRegistry(), Clock.systemUTC(), scratch));
        planner.start();
        return planner;
    }

    private static Envelope<DatasetProfiled> profiled(String run, DatasetProfiled event) {
        return new Envelope<>(
                "profiled-" + run,
                run,
                run,
                Optional.empty(),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                "/millrace/profiler",
                Given.START,
                event);
    }
}
