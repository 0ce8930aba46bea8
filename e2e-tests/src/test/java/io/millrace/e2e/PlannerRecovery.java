package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DecisionMade;
import io.millrace.events.EventType;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.TrialRequested;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Many runs deep in their search, a planner process that is killed, and another one that goes on. Broker and database are
 * real; trainers, range-testers and evaluators are stand-ins that take a moment.
 */
public final class PlannerRecovery {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration WORK = Duration.ofMillis(300);
    private static final int SLOTS = 16;

    private final Path folder;
    private final int runs;
    private final Map<String, Decided> decided = new ConcurrentHashMap<>();

    /** A run's decisions as they were published: by number the input, and the time of the latest. */
    private static final class Decided {
        private final Map<Long, String> inputs = new ConcurrentHashMap<>();
        private volatile Instant latest = Instant.EPOCH;
        private volatile long contradicting;

        synchronized void see(DecisionMade decision) {
            String input = decision.input().orElse("the clock");
            String before = inputs.putIfAbsent(decision.number(), input);
            contradicting += before != null && !before.equals(input) ? 1 : 0;
            latest = decision.at().isAfter(latest) ? decision.at() : latest;
        }

        long twice() {
            return inputs.size() - inputs.values().stream().distinct().count() + contradicting;
        }
    }

    /**
     * What came of it.
     *
     * @param first from the kill to the first decision that another planner made
     * @param everyRun from the kill until every run had been decided on again
     * @param decisions decisions seen, before and after
     * @param twice inputs that were decided on twice, and decisions that were published in two versions
     */
    public record Outcome(Duration first, Duration everyRun, long decisions, long twice) {}

    /** @param folder for broker, database and the planner's scratch */
    public PlannerRecovery(Path folder, int runs) {
        this.folder = folder;
        this.runs = runs;
    }

    /**
     * Fills the planner's memory, lets a planner go on from there, kills it and starts another.
     *
     * @param trials trials that each run has behind it
     */
    public Outcome killedAfter(int trials) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                KafkaEventBus bus = KafkaEventBus.open(
                        KafkaConfig.of(kafka.bootstrapServers()),
                        Clock.systemUTC(),
                        new EventMetrics(new PrometheusRegistry()))) {
            try (SearchStore store =
                    SearchStore.open(new DatabaseConfig(database.url(), database.user(), database.password()))) {
                for (int run = 0; run < runs; run++) {
                    GrownSearch.of(run, trials).store(store);
                }
            }
            bus.watch(Set.of(EventType.DECISION_MADE), e -> decided.computeIfAbsent(e.runId(), run -> new Decided())
                    .see(e.as(DecisionMade.class).event()));
            work(bus);
            try (JavaProcess planner = planner(kafka, database)) {
                planner.await("decisions on every run", LONG, () -> decidedSince(Instant.EPOCH) == runs);
                planner.kill();
            }
            return recover(kafka, database);
        }
    }

    private Outcome recover(EmbeddedKafka kafka, EmbeddedDatabase database) throws Exception {
        Instant killed = Instant.now();
        try (JavaProcess planner = planner(kafka, database)) {
            planner.await("a decision", LONG, () -> decidedSince(killed) > 0);
            Duration first = Duration.between(killed, Instant.now());
            planner.await("decisions on every run", LONG, () -> decidedSince(killed) == runs);
            Duration all = Duration.between(killed, Instant.now());
            return new Outcome(
                    first,
                    all,
                    decided.values().stream().mapToLong(d -> d.inputs.size()).sum(),
                    decided.values().stream().mapToLong(Decided::twice).sum());
        }
    }

    private long decidedSince(Instant moment) {
        return decided.values().stream().filter(d -> d.latest.isAfter(moment)).count();
    }

    private static void work(KafkaEventBus bus) {
        bus.work("millrace-trainer", TrialRequested.class, SLOTS, (input, work) -> {
            TimeUnit.NANOSECONDS.sleep(WORK.toNanos());
            return List.of(new Emission(input.subject(), StandIns.answer(input.event(), WORK.toMillis() / 1000.0)));
        });
        bus.work(
                "millrace-range-tester",
                RangeTestRequested.class,
                1,
                (input, work) -> List.of(new Emission(input.subject(), StandIns.found(input.event()))));
    }

    private JavaProcess planner(EmbeddedKafka kafka, EmbeddedDatabase database) {
        return JavaProcess.start(
                folder,
                ServiceProcesses.mains().get("planner"),
                Map.of(
                        "MILLRACE_KAFKA", kafka.bootstrapServers(),
                        "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                        "MILLRACE_SCRATCH", folder.resolve("scratch").toString(),
                        "MILLRACE_DATABASE_URL", database.url(),
                        "MILLRACE_DATABASE_USER", database.user()));
    }
}
