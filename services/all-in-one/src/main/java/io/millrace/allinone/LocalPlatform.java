package io.millrace.allinone;

import io.millrace.allinone.OpenParts.Layer;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.ensembler.EnsemblerConfig;
import io.millrace.ensembler.EnsemblerService;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.GatewayService;
import io.millrace.intake.IntakeConfig;
import io.millrace.intake.IntakeService;
import io.millrace.planner.PlannerConfig;
import io.millrace.planner.PlannerService;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.profiler.ProfilerService;
import io.millrace.rangetester.RangeTesterConfig;
import io.millrace.rangetester.RangeTesterService;
import io.millrace.runtime.Environment;
import io.millrace.runtime.OpenPlatform;
import io.millrace.runtime.Platform;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.Service;
import io.millrace.scorer.ScorerConfig;
import io.millrace.scorer.ScorerService;
import io.millrace.tables.StoredTables;
import io.millrace.trainer.TrainerConfig;
import io.millrace.trainer.TrainerService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Broker, database and every service in this process: the servers, then all services, start and close side by side. */
final class LocalPlatform implements AutoCloseable {
    private static final long READY_POLL_MILLIS = 20;
    /** Many times as long as a start takes on a machine that is busy with something else. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "millrace-platform");
        thread.setDaemon(true);
        return thread;
    });
    private final OpenParts parts = new OpenParts(threads);
    private final boolean alone;
    private GatewayService gateway;
    private ScorerService scorer;
    private Platform platform;
    private String bootstrapServers;

    /**
     * Nothing yet.
     *
     * @param alone whether nobody else ever joins it and nothing of it outlives it. Then groups end with their broker: members need not take
     *     leave, for which they would have to wait for the answer to their last fetch, so that the broker may keep back for long
     *     that it has nothing; and who is missed is missed by nobody, so that heartbeats may be few.
     */
    LocalPlatform(boolean alone) {
        this.alone = alone;
    }

    /**
     * Starts everything on a data directory and returns when every service takes events.
     *
     * @param kafkaPort port of the broker, or 0 for a free one
     * @param withScorer whether there is a scorer
     * @param variables {@code MILLRACE_*} variables for the services; where broker, object store and database are is
     *     added to them here
     */
    void start(DataDirectory data, int kafkaPort, boolean withScorer, Map<String, String> variables)
            throws InterruptedException {
        try {
            startAll(data, kafkaPort, withScorer, variables);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void startAll(DataDirectory data, int kafkaPort, boolean withScorer, Map<String, String> variables)
            throws InterruptedException {
        CompletableFuture<EmbeddedDatabase> starting =
                parts.start(Layer.SERVERS, () -> EmbeddedDatabase.start(data.postgres()));
        EmbeddedKafka kafka = parts.keep(Layer.SERVERS, EmbeddedKafka.start(data.kafka(), kafkaPort));
        EmbeddedDatabase database = starting.join();
        bootstrapServers = kafka.bootstrapServers();
        Environment env = new Environment(variables(data, database, variables));
        platform = parts.keep(Layer.CONNECTIONS, OpenPlatform.open(PlatformConfig.from(env), "all-in-one"))
                .platform();
        gateway = new GatewayService(GatewayConfig.from(env), platform);
        // A table that range tests and trials both need is in memory once.
        StoredTables tables = new StoredTables(platform.blobs(), platform.scratch());
        List<Service> services = new ArrayList<>(List.of(
                gateway,
                new PlannerService(PlannerConfig.from(env), platform),
                new ProfilerService(ProfilerConfig.from(env), platform),
                new RangeTesterService(RangeTesterConfig.from(env), platform, tables),
                new TrainerService(TrainerConfig.from(env), platform, tables),
                new EvaluatorService(EvaluatorConfig.from(env), platform),
                new EnsemblerService(EnsemblerConfig.from(env), platform),
                new IntakeService(IntakeConfig.from(env), platform)));
        // Read in any case, so that its variables are known.
        ScorerConfig scoring = ScorerConfig.from(env);
        if (withScorer) {
            scorer = new ScorerService(scoring, platform);
            services.add(scorer);
        }
        env.check();
        CompletableFuture.allOf(services.stream()
                        .map(service -> CompletableFuture.runAsync(
                                () -> parts.keep(Layer.SERVICES, service).start(), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        awaitReady(services, LONGEST_START);
        kafka.settle(alone ? Duration.ofSeconds(10) : Duration.ofSeconds(2));
    }

    /** Returns when every service takes events; throws an IllegalStateException that names those that do not in time. */
    static void awaitReady(List<Service> services, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!services.stream().allMatch(Service::ready)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not ready after " + limit.toSeconds() + " s: "
                        + services.stream()
                                .filter(service -> !service.ready())
                                .map(service -> service.getClass().getSimpleName())
                                .collect(Collectors.joining(", "))
                        + "; MILLRACE_JAVA_OPTS=-Dmillrace.log.level=info shows what they say");
            }
            Thread.sleep(READY_POLL_MILLIS);
        }
    }

    private Map<String, String> variables(DataDirectory data, EmbeddedDatabase database, Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(given);
        all.put("MILLRACE_KAFKA", bootstrapServers);
        // Partitions share followers out over processes, and here is one.
        all.putIfAbsent("MILLRACE_KAFKA_PARTITIONS", "1");
        // Fewer answers that say there is nothing new; a member that leaves waits for its last one.
        all.putIfAbsent("MILLRACE_KAFKA_PROP_FETCH_MAX_WAIT_MS", alone ? "5000" : "1000");
        if (alone) {
            all.putIfAbsent("MILLRACE_LEAVE", "0s");
        }
        all.put("MILLRACE_BLOBS", data.blobs().toString());
        all.put("MILLRACE_SCRATCH", data.scratch().toString());
        all.put("MILLRACE_DATABASE_URL", database.url());
        all.put("MILLRACE_DATABASE_USER", database.user());
        all.put("MILLRACE_DATABASE_PASSWORD", database.password());
        all.put(UserKeys.SIGNING, new UserKeys(System.getenv()).signingMade().toString());
        return all;
    }

    Platform platform() {
        return platform;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    int gatewayPort() {
        return gateway.port();
    }

    /** Port of the scorer; throws where there is none. */
    int scorerPort() {
        return scorer.port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
