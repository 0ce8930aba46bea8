package io.millrace.planner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.data.annotation.Query;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.Cause;
import io.millrace.events.CureRecord;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DecisionMade;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.Given;
import io.millrace.planner.core.Search;
import io.millrace.planner.core.SearchState;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchStoreIT {
    private static EmbeddedDatabase database;
    private static DatabaseConfig config;

    private final DatasetProfiled dataset = Given.budget(20_000, Duration.ofSeconds(60));
    private final String runId = "run-" + UUID.randomUUID();
    private SearchStore store;

    @BeforeAll
    static void startDatabase(@TempDir Path directory) {
        database = EmbeddedDatabase.start(directory);
        config = new DatabaseConfig(database.url(), database.user(), "");
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void open() {
        store = SearchStore.open(config);
        store.published(store.unpublished(0));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void oneTransactionHoldsInboxStateAndOutbox() {
        Commit commit = begin("e1").orElseThrow();

        assertThat(store.find(runId)).contains(commit.state());
        assertThat(store.unpublished(0)).hasSize(commit.outbox().size()).isEqualTo(commit.outbox());
        assertThat(commit.outbox()).allSatisfy(e -> {
            assertThat(e.runId()).isEqualTo(runId);
            assertThat(e.causationId()).contains(runId + "e1");
            assertThat(e.traceparent()).contains("00-trace");
        });
        assertThat(store.wakeUps()).containsEntry(runId, commit.state().wakeUp().orElseThrow());
    }

    @Test
    void anEventThatComesTwiceIsTakenOnce() {
        begin("e1");
        SearchState before = store.find(runId).orElseThrow();

        assertThat(begin("e1")).isEmpty();
        assertThat(store.find(runId)).contains(before);
    }

    @Test
    void aRunIsForgottenOnceItHasEndedAndNotBefore() {
        begin("e1");
        store.forgetUntil(Instant.now().plusSeconds(60));
        assertThat(store.find(runId)).as("a run that goes on").isPresent();

        store.decide(
                input("e2"),
                state -> state.map(
                        s -> Search.on(s, new RunFailed("churn", "search", FailureKind.BUG, "it ended"), Given.START)));
        store.forgetUntil(Instant.now().minusSeconds(3600));
        assertThat(store.find(runId)).as("a run that ended lately").isPresent();
        store.forgetUntil(Instant.now().plusSeconds(60));
        assertThat(store.find(runId)).isEmpty();
    }

    @Test
    void anEventIsForgottenWhenItCannotComeAgainAndNotBefore() {
        begin("e1");
        store.forgetUntil(Instant.now().minusSeconds(3600));
        assertThat(begin("e1")).as("an event that came lately").isEmpty();

        AtomicBoolean asked = new AtomicBoolean();
        store.forgetUntil(Instant.now().plusSeconds(60));
        store.decide(input("e1"), state -> {
            asked.set(true);
            return Optional.empty();
        });
        assertThat(asked).as("an event that came long ago").isTrue();
    }

    @Test
    void whetherTheDatabaseAnswersIsAskedOfNoTable() throws Exception {
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE planner.search IN ACCESS EXCLUSIVE MODE");
            assertThat(CompletableFuture.supplyAsync(store::answers).get(30, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** A table this small is read through at less cost, so that is forbidden here. */
    @ParameterizedTest
    @ValueSource(classes = {InboxRows.class, SearchRows.class})
    void whatIsToBeForgottenIsFoundByAnIndex(Class<?> rows) throws Exception {
        String delete = rows.getDeclaredMethod("forget", Instant.class)
                .getAnnotation(Query.class)
                .value()
                .replace(":before", "now()");
        try (Connection connection = DriverManager.getConnection(config.url(), config.user(), config.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            List<String> plan = new ArrayList<>();
            try (ResultSet lines = statement.executeQuery("EXPLAIN " + delete)) {
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
            }
            assertThat(plan).anyMatch(line -> line.contains("Index")).noneMatch(line -> line.contains("Seq Scan"));
        }
    }

    @Test
    void aFailingDecisionLeavesNothingBehindSoThatTheEventCanComeAgain() {
        assertThatThrownBy(() -> store.decide(input("e1"), state -> {
                    throw new IllegalStateException("the process dies here");
                }))
                .hasMessageContaining("dies here");

        assertThat(store.find(runId)).isEmpty();
        assertThat(begin("e1")).isPresent();
    }

    @Test
    void whatACrashBetweenCommitAndPublishLeftBehindIsFoundAfterTheRestart() {
        List<Envelope<? extends Event>> decided = begin("e1").orElseThrow().outbox();
        store.close();

        store = SearchStore.open(config);
        assertThat(store.unpublished(0)).isEqualTo(decided);
        assertThat(store.unpublished(3600)).isEmpty();
        store.published(decided.subList(0, 2));
        assertThat(store.unpublished(0)).isEqualTo(decided.subList(2, decided.size()));
        assertThat(store.wakeUps()).containsKey(runId);
    }

    @Test
    void oneOfTwoDecisionsAtTheSameTimeIsTriedAgainOnTheOthersResult() throws Exception {
        List<TrialRequested> requests = begin("e1").orElseThrow().outbox().stream()
                .map(Envelope::event)
                .filter(TrialRequested.class::isInstance)
                .map(TrialRequested.class::cast)
                .toList();
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        CountDownLatch attempts = new CountDownLatch(3);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Optional<Commit>> one = threads.submit(() -> race(requests.get(0), bothHaveRead, attempts));
            Future<Optional<Commit>> two = threads.submit(() -> race(requests.get(1), bothHaveRead, attempts));
            assertThat(one.get()).isPresent();
            assertThat(two.get()).isPresent();
        } finally {
            threads.shutdownNow();
        }

        assertThat(attempts.getCount()).isZero();
        assertThat(store.find(runId).orElseThrow().firstLooks()).isEqualTo(2);
        assertThat(store.find(runId).orElseThrow().outstanding()).hasSize(4);
    }

    private Optional<Commit> race(TrialRequested request, CyclicBarrier bothHaveRead, CountDownLatch attempts) {
        return store.decide(input("race" + request.number()), state -> {
            if (attempts.getCount() > 1) {
                await(bothHaveRead);
            }
            attempts.countDown();
            return state.map(s -> Search.on(s, Given.scored(request, .4, 1), Given.START.plusSeconds(3)));
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other decision did not come", e);
        }
    }

    @Test
    void anEventOfAnUnknownRunIsIgnored() {
        assertThat(store.decide(input("e9"), state -> Optional.empty())).isEmpty();
        assertThat(store.find(runId)).isEmpty();
    }

    @Test
    void theClockOfARunPublishesUnderTheRunsTrace() {
        Commit begun = begin("e1").orElseThrow();
        TrialRequested first = begun.outbox().stream()
                .map(Envelope::event)
                .filter(TrialRequested.class::isInstance)
                .map(TrialRequested.class::cast)
                .findFirst()
                .orElseThrow();
        store.decide(input("e2"), onto(s -> Search.on(s, Given.scored(first, .4, 1), Given.START.plusSeconds(3))));
        Commit over = store.decide(
                        new Input(runId, Optional.empty(), Optional.empty(), Given.START.plusSeconds(59)),
                        onto(s -> Search.tick(s, Given.START.plusSeconds(59))))
                .orElseThrow();

        assertThat(over.outbox())
                .extracting(Envelope::event)
                .hasExactlyElementsOfTypes(SearchCompleted.class, DecisionMade.class);
        assertThat(over.outbox()).allSatisfy(e -> {
            assertThat(e.traceparent()).contains("00-trace");
            assertThat(e.causationId()).isEmpty();
            assertThat(e.time()).isEqualTo(Given.START.plusSeconds(59));
        });
        assertThat(store.wakeUps()).doesNotContainKey(runId);
    }

    @Test
    void everyDecisionIsRecordedWithItsInputAndTheFirstWithThePolicy() {
        List<DecisionMade> made = new ArrayList<>(decisions(begin("e1").orElseThrow()));
        made.addAll(decisions(store.decide(
                        new Input(runId, Optional.empty(), Optional.empty(), Given.START.plusSeconds(59)),
                        onto(s -> Search.tick(s, Given.START.plusSeconds(59))))
                .orElseThrow()));

        assertThat(made)
                .containsExactly(
                        new DecisionMade(
                                1, Optional.of(runId + "e1"), Given.START.plusSeconds(1), Optional.of(Given.POLICY)),
                        new DecisionMade(2, Optional.empty(), Given.START.plusSeconds(59), Optional.empty()));
    }

    private static List<DecisionMade> decisions(Commit commit) {
        return commit.outbox().stream()
                .map(Envelope::event)
                .filter(DecisionMade.class::isInstance)
                .map(DecisionMade.class::cast)
                .toList();
    }

    @Test
    void whatACureDidIsKeptAcrossRunsForItsKindOfData() {
        String kind = "binary-" + runId;
        SearchState state = begin("e1").orElseThrow().state();
        store.decide(input("e2"), s -> Optional.of(assessed(state, kind, 0.25)));
        store.decide(input("e3"), s -> Optional.of(assessed(state, kind, -0.5)));

        assertThat(store.cureRecords(kind)).isEqualTo(Map.of("more-dropout", new CureRecord(2, 1, 0.25)));
        assertThat(store.cureRecords("regression-" + runId)).isEmpty();
    }

    private static Decision assessed(SearchState state, String kind, double gain) {
        Cause cause = new Cause("t001", Verdict.GENERALIZATION, "more-dropout", 0.1);
        return new Decision(
                state,
                List.of(new Emission(
                        "t00" + Math.abs(gain),
                        new InterventionAssessed(
                                "t002",
                                cause,
                                kind,
                                Optional.of(gain),
                                gain > 0,
                                Optional.of(Verdict.HEALTHY),
                                Optional.of(1.0)))));
    }

    private static Function<Optional<SearchState>, Optional<Decision>> onto(Function<SearchState, Decision> decide) {
        return state -> state.map(decide);
    }

    private Optional<Commit> begin(String eventId) {
        return store.decide(
                input(eventId),
                state -> Optional.of(state.map(s -> Search.on(s, dataset, Given.START))
                        .orElseGet(() -> Search.begin(dataset, Given.POLICY, Given.START.plusSeconds(1)))));
    }

    private Input input(String eventId) {
        return new Input(runId, Optional.of(runId + eventId), Optional.of("00-trace"), Given.START.plusSeconds(1));
    }
}
