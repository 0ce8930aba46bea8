package io.millrace.e2e;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.RunSettings;
import io.millrace.events.TrialRequested;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.profiler.ProfilerService;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Environment;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Platform;
import io.millrace.runtime.blob.FolderBlobStore;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A broker, a store and a profiled data set, so that a test can hand trials to trainers that run as processes. */
final class TrialQueue implements AutoCloseable {
    static final int FOLDS = 5;
    /** A fold takes about a second of one core. */
    private static final int ROUNDS = 2500;

    private static final Configuration BOOSTING =
            new TreesConfiguration("boosting", ROUNDS, 0.01, 6, 0, 1, 1, 1, 1, 0, 256, ROUNDS);
    /** Its one fold takes some seconds. */
    private static final int EPOCHS = 900;

    private static final Configuration NETWORK = new NetworkConfiguration(
            "mlp", List.of(256, 128), Activation.RELU, 4, 0.2, 1e-2, 0, Optimizer.ADAMW, 32, EPOCHS, EPOCHS);

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String RUN = "run-1";

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final TrainerLink link;
    private final FolderBlobStore blobs;
    private final KafkaEventBus bus;
    private final DatasetProfiled dataset;
    private final BlockingQueue<Envelope<? extends Event>> ends = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();

    TrialQueue(Path folder) throws Exception {
        this(folder, new CutLink(freePort(), freePort()));
    }

    /** @param link that {@link #startLinked} puts between a trainer and the broker; closed with this */
    TrialQueue(Path folder, TrainerLink link) throws Exception {
        this.folder = folder;
        this.link = link;
        int port = freePort();
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"), port, listeners(port, freePort(), "LINKED", link));
        this.blobs = new FolderBlobStore(folder.resolve("blobs"));
        this.bus = KafkaEventBus.open(
                KafkaConfig.of(kafka.bootstrapServers()),
                Clock.systemUTC(),
                new EventMetrics(new PrometheusRegistry()));
        this.dataset = profiled();
        bus.follow("observer", Set.of(EventType.TRIAL_TRAINED, EventType.TRIAL_FAILED), this::note);
    }

    /** As every consumer does: what is published again after a redelivery has the same id. */
    private void note(Envelope<? extends Event> end) {
        if (seen.add(end.id())) {
            ends.add(end);
        }
    }

    private static int freePort() throws IOException {
        return ManagementPort.free().number();
    }

    /** Settings of a broker that can be reached directly, and by another port through a link that stands before it. */
    private static Map<String, String> listeners(int direct, int controller, String name, TrainerLink link) {
        String here = "://127.0.0.1:";
        return Map.of(
                "listeners",
                "PLAINTEXT" + here + direct + "," + name + "://" + link.target() + ",CONTROLLER" + here + controller,
                "advertised.listeners",
                "PLAINTEXT" + here + direct + "," + name + "://" + link.entrance(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + name + ":PLAINTEXT",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller);
    }

    private DatasetProfiled profiled() throws Exception {
        Platform platform = new Platform(
                new InMemoryEventBus(Clock.systemUTC(), RetryPolicy.DEFAULT),
                blobs,
                new PrometheusRegistry(),
                Clock.systemUTC(),
                folder.resolve("scratch"));
        RunSettings settings = new RunSettings(
                Optional.of(SampleData.binaryTarget()),
                Optional.of(Task.BINARY),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                0,
                Optional.empty(),
                Optional.of(FOLDS),
                Optional.empty(),
                Optional.empty());
        Path data = SampleData.binary(folder);
        Envelope<DatasetSubmitted> submitted = new SubmitDataset(
                        blobs, Clock.systemUTC(), platform.scratch(), "/millrace/test")
                .store(new Submission("credit", data.getFileName().toString(), "credit", settings), data);
        BlockingQueue<DatasetProfiled> profiled = new LinkedBlockingQueue<>();
        ProfilerService profiler = new ProfilerService(ProfilerConfig.from(new Environment(Map.of())), platform);
        try (EventBus local = platform.bus();
                profiler) {
            local.follow(
                    "observer",
                    Set.of(EventType.DATASET_PROFILED),
                    event -> profiled.add((DatasetProfiled) event.event()));
            profiler.start();
            local.publish(List.of(submitted));
            return profiled.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** A trainer with one slot that keeps every fold that it has trained, and every half a second the one under way. */
    Trainer start(Duration lease) throws Exception {
        ManagementPort port = ManagementPort.free();
        Trainer trainer = new Trainer(start(List.of(), kafka.bootstrapServers(), lease, port, Map.of()), port);
        trainer.process().await("trainer to be ready", LONG, () -> port.status("/ready") == 200);
        return trainer;
    }

    /** The same behind {@link #link}; whether it is ready cannot be asked there. */
    JavaProcess startLinked(Duration lease) throws Exception {
        return start(link.launcher(), link.entrance(), lease, ManagementPort.free(), link.clients());
    }

    /** The link between the broker and that trainer. */
    TrainerLink link() {
        return link;
    }

    private JavaProcess start(
            List<String> launcher, String broker, Duration lease, ManagementPort port, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.of(
                "MILLRACE_KAFKA",
                broker,
                "MILLRACE_BLOBS",
                folder.resolve("blobs").toString(),
                "MILLRACE_SCRATCH",
                folder.resolve("scratch-trainer").toString(),
                "MILLRACE_HTTP_PORT",
                Integer.toString(port.number()),
                "MILLRACE_LEASE",
                lease.toMillis() + "ms",
                "MILLRACE_TRAINER_SLOTS",
                "1",
                "MILLRACE_TRAINER_CHECKPOINT_AFTER",
                "0s",
                "MILLRACE_TRAINER_CHECKPOINT_EVERY",
                "500ms"));
        return JavaProcess.startBy(
                launcher,
                JavaProcess.ALL_COMPILERS,
                folder,
                ServiceProcesses.mains().get("trainer"),
                environment);
    }

    /** A trainer's process and where it tells of itself. */
    record Trainer(JavaProcess process, ManagementPort port) implements AutoCloseable {
        /** Whether it says that it handles a trial now. */
        boolean busy() {
            return port.body("/metrics")
                    .lines()
                    .anyMatch(line -> line.startsWith("millrace_handling_in_flight") && line.endsWith(" 1.0"));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Asks for a trial and returns the event's id. */
    String request(String trial) {
        return request(trial, BOOSTING, FOLDS);
    }

    /** Asks for a network of one fold; the same one whatever the trial is called. */
    String requestNetwork(String trial) {
        return request(trial, NETWORK, 1);
    }

    private String request(String trial, Configuration configuration, int folds) {
        TrialRequested request = new TrialRequested(
                trial,
                1,
                0,
                configuration,
                Optional.empty(),
                IntStream.range(0, folds).boxed().toList(),
                Optional.empty(),
                Optional.empty(),
                Metric.LOG_LOSS,
                dataset.table(),
                dataset.profile(),
                7,
                Optional.empty(),
                "a test asked for it",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Envelope<TrialRequested> event = new Envelope<>(
                UUID.randomUUID().toString(),
                trial + "/0",
                RUN,
                Optional.empty(),
                Optional.empty(),
                "/millrace/test",
                Clock.systemUTC().instant(),
                request);
        bus.publish(List.of(event));
        return event.id();
    }

    /** How often a trainer has begun a trial that has not ended. */
    int tries(String event) {
        return blobs.find("attempts/millrace-trainer/" + event)
                .map(count -> Integer.parseInt(new String(count, StandardCharsets.US_ASCII)))
                .orElse(0);
    }

    /** Folds of a trial that has not ended which are kept. */
    int folds(String event) {
        return (int) IntStream.range(0, FOLDS)
                .filter(fold -> checkpoint(event, fold).isPresent())
                .count();
    }

    /** When the checkpoint of a fold was written, if there is one. */
    Optional<FileTime> checkpoint(String event, int fold) {
        Path file = folder.resolve("blobs/blobs/runs/" + RUN + "/checkpoints/" + event + "/fold-" + fold + ".zip");
        try {
            return Files.exists(file) ? Optional.of(Files.getLastModifiedTime(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Steps of a trial's first fold after which its state was kept; 0 where it was not. */
    int steps(String event) {
        return blobs.find("runs/" + RUN + "/checkpoints/" + event + "/fold-0-begun.zip")
                .map(state -> PartsArchive.unpack(state).get("state/progress.json"))
                .map(progress -> Json.read(progress, Progress.class).steps())
                .orElse(0);
    }

    private record Progress(int steps) {}

    /** The next end of a trial that was not told before, in time. */
    Envelope<? extends Event> nextEnd() throws InterruptedException {
        Envelope<? extends Event> end = ends.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no trial ended within " + LONG);
        }
        return end;
    }

    /** Ends of trials that were published and not taken yet. */
    List<Envelope<? extends Event>> otherEnds() {
        return List.copyOf(ends);
    }

    @Override
    public void close() throws IOException {
        bus.close();
        link.close();
        kafka.close();
    }
}
