package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.TrialRequested;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Emission;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Planner processes that share the runs. Broker and database are real; trainers, range-testers and evaluators are
 * stand-ins in this process that take a moment, or none.
 */
public final class PlannerFleet implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String DECISIONS = "millrace_planner_decision_seconds_count ";

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final EmbeddedDatabase database;
    private final KafkaEventBus bus;
    private final DecisionLog decisions;
    private final List<Planner> planners = new ArrayList<>();

    private record Planner(JavaProcess process, ManagementPort port) {
        boolean hasDecided() {
            return port.body("/metrics")
                    .lines()
                    .anyMatch(line -> line.startsWith(DECISIONS) && !line.equals(DECISIONS + "0"));
        }
    }

    /**
     * Processor time so far.
     *
     * @param planners of the planner processes that live
     * @param database of the PostgreSQL server
     * @param others of this process: broker, stand-ins and what measures
     */
    public record ProcessorTime(Duration planners, Duration database, Duration others) {
        /** What was spent since. */
        public ProcessorTime since(ProcessorTime before) {
            return new ProcessorTime(
                    planners.minus(before.planners), database.minus(before.database), others.minus(before.others));
        }
    }

    /**
     * Starts everything but planners.
     *
     * @param folder for broker, database and the planners' scratch
     * @param work how long a trial takes
     * @param slots trials at a time
     */
    public PlannerFleet(Path folder, Duration work, int slots) {
        this(folder, slots, (input, attempt) -> {
            TimeUnit.NANOSECONDS.sleep(work.toNanos());
            return List.of(new Emission(input.subject(), StandIns.answer(input.event(), work.toMillis() / 1000.0)));
        });
    }

    /** The same with a trainer and evaluator of the test's. */
    PlannerFleet(Path folder, int slots, EventHandler<TrialRequested> trainer) {
        this.folder = folder;
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.database = EmbeddedDatabase.start(folder.resolve("database"));
        this.bus = KafkaEventBus.open(
                KafkaConfig.of(kafka.bootstrapServers()),
                Clock.systemUTC(),
                new EventMetrics(new PrometheusRegistry()));
        this.decisions = DecisionLog.of(bus);
        bus.work("millrace-trainer", TrialRequested.class, slots, trainer);
        bus.work(
                "millrace-range-tester",
                RangeTestRequested.class,
                1,
                (input, attempt) -> List.of(new Emission(input.subject(), StandIns.found(input.event()))));
    }

    /** The bus that runs are begun on. */
    public EventBus bus() {
        return bus;
    }

    /** What was decided. */
    public DecisionLog decisions() {
        return decisions;
    }

    /** The planners' memory, for filling it before they start; the caller closes it. */
    SearchStore memory() {
        return SearchStore.open(new DatabaseConfig(database.url(), database.user(), database.password()));
    }

    /** Starts one more planner. */
    public void add() throws IOException {
        ManagementPort port = ManagementPort.free();
        JavaProcess process = JavaProcess.start(
                folder,
                ServiceProcesses.mains().get("planner"),
                Map.of(
                        "MILLRACE_KAFKA",
                        kafka.bootstrapServers(),
                        "MILLRACE_BLOBS",
                        folder.resolve("blobs").toString(),
                        "MILLRACE_SCRATCH",
                        folder.resolve("scratch-" + port.number()).toString(),
                        "MILLRACE_HTTP_PORT",
                        Integer.toString(port.number()),
                        "MILLRACE_DATABASE_URL",
                        database.url(),
                        "MILLRACE_DATABASE_USER",
                        database.user()));
        planners.add(new Planner(process, port));
    }

    /** SIGKILLs the eldest planner; returns when. */
    Instant kill() throws InterruptedException {
        planners.remove(0).process().kill();
        return Instant.now();
    }

    /** Whether each planner has made a decision, as its metrics tell. */
    public boolean allTakePart() {
        return planners.stream().allMatch(Planner::hasDecided);
    }

    /** Waits; throws an AssertionError with the eldest planner's output when it ends or time is over. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        planners.get(0).process().await(what, LONG, condition);
    }

    /** Processor time of everybody until now. */
    public ProcessorTime processorTime() {
        return new ProcessorTime(
                sum(planners.stream().map(p -> p.process().handle())),
                sum(postgres()),
                sum(Stream.of(ProcessHandle.current())));
    }

    /** The server, which is nobody's child, and its workers. */
    private Stream<ProcessHandle> postgres() {
        try {
            String pid = Files.readAllLines(folder.resolve("database/cluster/postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).stream()
                    .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration sum(Stream<ProcessHandle> processes) {
        return processes
                .map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        planners.forEach(p -> p.process().close());
        bus.close();
        database.close();
        kafka.close();
    }
}
