package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunFailed;
import io.millrace.events.Rungs;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Given;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.slf4j.LoggerFactory;

/** The planner among trainers and range testers that answer at once, on a real PostgreSQL. */
class PlannerServiceIT {
    private static EmbeddedDatabase database;
    private static PlannerConfig config;

    private static final String GROUP = "millrace-planner";
    private static final RetryPolicy SHORT = new RetryPolicy(2, Duration.ofMillis(10), Duration.ofMillis(10));

    @TempDir
    Path scratch;

    private final BlockingQueue<Envelope<? extends Event>> failures = new LinkedBlockingQueue<>();
    private Envelope<? extends Event> last;

    @BeforeAll
    static void startDatabase(@TempDir Path directory) {
        database = EmbeddedDatabase.start(directory);
        config = new PlannerConfig(
                new DatabaseConfig(database.url(), database.user(), ""),
                4,
                Duration.ofMinutes(5),
                SearchStrategy.DIAGNOSIS,
                Stopping.NONE,
                Rungs.FOLDS,
                Duration.ofDays(14));
        SearchStore.open(config.database()).close();
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

    @Test
    void aRunWhoseClockCannotBeAskedKeepsNoOtherFromItsOwnAndFails() throws Exception {
        search("a-broken", "{}", "now()");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger clock = (Logger) LoggerFactory.getLogger(PlannerClock.class);
        clock.addAppender(log);
        try (InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), SHORT);
                Subscription watcher = bus.watch(Set.of(EventType.RUN_FAILED), failures::add);
                PlannerService planner = start(guarded(bus))) {
            // Its end is due as well, and comes after the other one in every round of the clock.
            bus.publish(List.of(profiled("b-spent", Given.budget(500, Duration.ofSeconds(2)))));
            Map<String, String> messages = new HashMap<>();
            messages.put(next().runId(), message());
            messages.put(next().runId(), message());
            assertThat(messages.get("b-spent")).contains("No trial ended within the budget");
            assertThat(messages.get("a-broken")).contains("could not go on when the time had come", "SearchState");
            assertThat(List.copyOf(log.list).stream()
                            .map(ILoggingEvent::getFormattedMessage)
                            .filter(line -> line.contains("a-broken"))
                            .takeWhile(line -> !line.contains("given up")))
                    .as("tries before the run is given up")
                    .hasSize(SHORT.attempts());
            // The planner cannot take that end either, and forgets the run.
            bus.awaitDeadLetters(GROUP, 1);
            assertThat(count("search WHERE run_id = 'a-broken'")).isZero();
            assertThat(planner.ready()).isTrue();
            assertThat(watcher.ready()).isTrue();
        } finally {
            clock.detachAppender(log);
        }
    }

    @Test
    void anEventThatCannotBeTakenEndsItsRunAndHoldsUpNoOther() throws Exception {
        search("unreadable", "{}", "NULL");
        BlockingQueue<String> requested = new LinkedBlockingQueue<>();
        TrialFailed failed = new TrialFailed("t001", 1, 0, FailureKind.BUG, "it broke");
        try (InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), SHORT);
                Subscription watcher = bus.watch(Set.of(EventType.RUN_FAILED), failures::add);
                Subscription trainer = bus.watch(Set.of(EventType.TRIAL_REQUESTED), e -> requested.add(e.runId()));
                PlannerService planner = start(guarded(bus))) {
            bus.publish(List.of(envelope("unreadable", failed), profiled("after-it", Given.trials(500, 3))));
            assertThat(next().runId()).isEqualTo("unreadable");
            assertThat(message()).contains("could not take the event trial.failed t001");
            assertThat(requested.poll(30, TimeUnit.SECONDS)).isEqualTo("after-it");
            assertThat(bus.awaitDeadLetters(GROUP, 2))
                    .extracting(WireEvent::topic)
                    .containsExactly(EventType.TRIAL_FAILED.topic(), EventType.RUN_FAILED.topic());
            assertThat(List.of(planner.ready(), watcher.ready(), trainer.ready()))
                    .containsOnly(true);
        }
    }

    @Test
    void whatCannotBePublishedHoldsUpNothingElseInTheOutbox() throws Exception {
        outbox("unreadable", "{}");
        outbox("too-long", json(new RunFailed("x".repeat(CloudEvents.VALUE_LIMIT), "test", FailureKind.BUG, "")));
        outbox("good", json(new RunFailed("churn", "test", FailureKind.BUG, "it ended")));
        try (InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), SHORT);
                Subscription watcher = bus.watch(Set.of(EventType.RUN_FAILED), failures::add);
                PlannerService planner = start(bus)) {
            assertThat(next().runId()).isEqualTo("good");
            assertThat(planner).isNotNull();
            assertThat(watcher.ready()).isTrue();
        } finally {
            sql("DELETE FROM planner.outbox WHERE run_id IN ('unreadable', 'too-long')");
        }
    }

    /** A run whose state is JSON of some kind. */
    private static void search(String run, String state, String wakeUp) throws SQLException {
        sql("INSERT INTO planner.search (run_id, version, active, wake_up, state) VALUES ('" + run + "', 1, true, "
                + wakeUp + ", '" + state + "')");
    }

    private static void outbox(String run, String payload) throws SQLException {
        sql("INSERT INTO planner.outbox (event_id, type, subject, run_id, source, time, payload) VALUES ('outbox-" + run
                + "', '" + EventType.RUN_FAILED.ceType() + "', 'search', '" + run + "', '/test', now(), '" + payload
                + "')");
    }

    private static String json(Event event) {
        return new String(Json.write(event), StandardCharsets.UTF_8);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    private static int count(String from) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT count(*) FROM planner." + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static EventBus guarded(EventBus bus) {
        return new GuardedEventBus(bus, new InMemoryBlobStore(), new EventMetrics(new PrometheusRegistry()), SHORT);
    }

    private Envelope<? extends Event> next() throws InterruptedException {
        last = failures.poll(60, TimeUnit.SECONDS);
        assertThat(last).isNotNull();
        return last;
    }

    /** Of the failure that {@link #next} gave last. */
    private String message() {
        return ((RunFailed) last.event()).message();
    }

    private PlannerService start(EventBus bus) {
        PlannerService planner = new PlannerService(
                config,
                new Platform(
                        bus,
                        new InMemoryBlobStore(),
                        new PrometheusRegistry(),
                        Clock.systemUTC(),
                        scratch,
                        SHORT,
                        Optional.empty()));
        planner.start();
        return planner;
    }

    private static Envelope<DatasetProfiled> profiled(String run, DatasetProfiled event) {
        return envelope(run, event);
    }

    private static <E extends Event> Envelope<E> envelope(String run, E event) {
        return new Envelope<>(
                EventType.of(event).eventName() + "-" + run,
                event instanceof TrialFailed failed ? failed.trial() : run,
                run,
                Optional.empty(),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                "/millrace/profiler",
                Given.START,
                event);
    }
}
