package io.millrace.rangetester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.EventType;
import io.millrace.events.LearningRateFound;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RateCurve.RatePoint;
import io.millrace.modelling.rangetest.RangeCurve;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeTesterServiceTest {
    private static final NetworkConfiguration NETWORK =
            new NetworkConfiguration("mlp", List.of(16), Activation.RELU, 8, 0.1, 0.01, 0, Optimizer.ADAMW, 64, 20, 20);

    @TempDir
    private Path scratch;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final RetryPolicy retries = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1));
    private final EventBus bus = new GuardedEventBus(
            new InMemoryEventBus(Clock.systemUTC(), retries), blobs, new EventMetrics(metrics), retries);
    private RangeTesterService service;

    @BeforeEach
    void start() {
        Platform platform = new Platform(bus, blobs, metrics, Clock.systemUTC(), scratch);
        service = new RangeTesterService(new RangeTesterConfig(1), platform);
        service.start();
    }

    @AfterEach
    void stop() {
        service.close();
        bus.close();
    }

    private LearningRateFound answer(BlobRef table, Optional<Instant> deadline) throws Exception {
        CompletableFuture<LearningRateFound> found = new CompletableFuture<>();
        BlobRef profile = blobs.put("runs/r/profile.json", Json.write(profile()));
        RangeTestRequested asked = new RangeTestRequested("mlp-1", NETWORK, table, profile, 3, deadline);
        Subscription watching = bus.watch(
                Set.of(EventType.LEARNING_RATE_FOUND),
                envelope -> found.complete((LearningRateFound) envelope.event()));
        try {
            bus.publish(List.of(new Envelope<>(
                    "request-1",
                    "mlp-1",
                    "r",
                    Optional.empty(),
                    Optional.empty(),
                    "/millrace/planner",
                    Instant.EPOCH,
                    asked)));
            return found.get(60, TimeUnit.SECONDS);
        } finally {
            watching.close();
        }
    }

    private static DatasetProfile profile() {
        ColumnProfile x = new ColumnProfile(
                "x", ColumnKind.NUMERIC, 0, 300, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        return new DatasetProfile(
                "line",
                300,
                "y",
                Task.REGRESSION,
                List.of(),
                List.of(),
                List.of(x),
                List.of(),
                5,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
    }

    private BlobRef table() throws Exception {
        Path file = scratch.resolve("made.parquet");
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = db.createStatement()) {
            sql.execute("COPY (SELECT i / 300.0::DOUBLE AS x, (3 * i / 300.0)::DOUBLE AS " + DatasetProfile.TARGET
                    + ", (i % 5)::INTEGER AS " + DatasetProfile.FOLD + ", i::BIGINT AS " + DatasetProfile.ROW
                    + " FROM range(300) t(i)) TO '" + file + "' (FORMAT parquet)");
        }
        return blobs.put("runs/r/table.parquet", file);
    }

    @Test
    void aRequestIsAnsweredWithARangeAndACurve() throws Exception {
        LearningRateFound found = answer(table(), Optional.empty());

        assertThat(found.candidate()).isEqualTo("mlp-1");
        assertThat(found.network()).isEqualTo(NETWORK);
        assertThat(found.chosen().max()).isBetween(1e-3, 0.1);
        assertThat(found.cpuSeconds()).isPositive();
        RangeCurve curve = Json.read(blobs.read(found.curve()), RangeCurve.class);
        assertThat(curve.rates()).hasSizeGreaterThan(20).hasSameSizeAs(curve.smoothed());
        assertThat(found.rateCurve().orElseThrow().points())
                .extracting(RatePoint::rate, RatePoint::loss)
                .contains(tuple(curve.rates().get(7), curve.smoothed().get(7)))
                .hasSameSizeAs(curve.rates());
    }

    @Test
    void aDeadlineThatHasPassedGivesWhatThereIs() throws Exception {
        LearningRateFound found = answer(table(), Optional.of(Instant.EPOCH));

        RangeCurve curve = Json.read(blobs.read(found.curve()), RangeCurve.class);
        assertThat(curve.stoppedBy()).isEqualTo("deadline");
        assertThat(found.chosen().max()).isPositive();
    }

    @Test
    void aTestThatIsGivenUpNamesTheUsualRateSoThatTheRunGoesOn() throws Exception {
        BlobRef rubbish = blobs.put("runs/r/table.parquet", new byte[] {1, 2, 3});

        LearningRateFound found = answer(rubbish, Optional.empty());

        assertThat(found.chosen().max()).isEqualTo(3e-3);
        assertThat(found.suggestions().minimum()).isEmpty();
        assertThat(found.rateCurve()).isEmpty();
        assertThat(Json.read(blobs.read(found.curve()), RangeCurve.class).stoppedBy())
                .isEqualTo("failed");
    }
}
