package io.millrace.gateway;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.http.AccessConfig;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Platform;
import io.millrace.runtime.blob.FolderBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway on a real socket and a real PostgreSQL, with a bus in memory; the services around it are the test. */
final class RunningGateway implements AutoCloseable {
    static final long UPLOAD_LIMIT = 60L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EmbeddedDatabase database;
    private final Path scratch;
    private final AccessConfig access;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final RetryPolicy RETRIES = new RetryPolicy(2, Duration.ofMillis(10), Duration.ofMillis(10));

    final InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), RETRIES);
    final BlobStore blobs;
    private GatewayService service;
    private PrometheusRegistry metrics;

    RunningGateway(Path folder) {
        this(folder, AccessConfig.OPEN);
    }

    RunningGateway(Path folder, AccessConfig access) {
        this.access = access;
        this.database = EmbeddedDatabase.start(folder.resolve("database"));
        this.scratch = folder.resolve("scratch");
        this.blobs = new FolderBlobStore(folder.resolve("blobs"));
        start();
    }

    private void start() {
        metrics = new PrometheusRegistry();
        GatewayConfig config = new GatewayConfig(
                new DatabaseConfig(database.url(), database.user(), database.password()),
                new HttpConfig("127.0.0.1", 0, UPLOAD_LIMIT, access, Duration.ofMillis(200)),
                GatewayConfig.DEFAULT_RUNS_KEPT);
        EventBus guarded = new GuardedEventBus(bus, blobs, new EventMetrics(metrics), RETRIES);
        service = new GatewayService(config, new Platform(guarded, blobs, metrics, Clock.systemUTC(), scratch));
        service.start();
    }

    /** Has the database do something that no gateway does. */
    void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    void restart() {
        service.close();
        start();
    }

    Path scratch() {
        return scratch;
    }

    /** What a scrape would show now. */
    MetricSnapshots scrape() {
        return metrics.scrape();
    }

    GatewayService service() {
        return service;
    }

    int port() {
        return service.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void publish(List<? extends Envelope<? extends Event>> events) {
        bus.publish(List.copyOf(events));
    }

    BlobRef store(String key, String content) {
        return blobs.put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until something holds that other threads bring about; fails after {@link #PATIENCE}. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        service.close();
        bus.close();
        blobs.close();
        database.close();
    }
}
