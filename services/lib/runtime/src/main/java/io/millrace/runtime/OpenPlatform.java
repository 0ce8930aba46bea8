package io.millrace.runtime;

import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.kafka.KafkaRawRecordSource;
import io.millrace.runtime.metrics.QueueLag;
import io.millrace.runtime.trace.OpenTelemetryTracer;
import io.millrace.runtime.trace.Tracer;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A {@link Platform} with its connections: a bus whose handlers are fenced and measured, the object store, the metrics
 * with those of the JVM, and a scratch folder. One per process, whether it runs one service or all of them.
 */
public final class OpenPlatform implements AutoCloseable {
    private final Platform platform;
    /** Closes what was opened, the latest first. */
    private final Deque<Runnable> closing;

    private OpenPlatform(Platform platform, Deque<Runnable> closing) {
        this.platform = platform;
        this.closing = closing;
    }

    /**
     * Connects; what was opened before a failure is closed again.
     *
     * @param name of the process, such as {@code trainer}; names its scratch folder
     * @throws EventHandlingException RETRYABLE, when Kafka or the object store does not answer
     */
    public static OpenPlatform open(PlatformConfig config, String name) {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            return new OpenPlatform(connect(config, name, closing), closing);
        } catch (RuntimeException | Error e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    private static Platform connect(PlatformConfig config, String name, Deque<Runnable> closing) {
        Scratch scratch = Scratch.open(config.scratch(), name);
        closing.push(scratch::close);
        Tracer tracer = tracer(config, name);
        closing.push(tracer::close);
        BlobStore blobs = config.blobs().open(scratch.folder());
        closing.push(blobs::close);
        Clock clock = Clock.systemUTC();
        PrometheusRegistry metrics = new PrometheusRegistry();
        JvmMetrics.builder().register(metrics);
        EventMetrics events = new EventMetrics(metrics);
        KafkaEventBus kafka = KafkaEventBus.open(config.kafka(), clock, events, tracer);
        closing.push(kafka::close);
        QueueLag.register(metrics, kafka.backlog()::read);
        return new Platform(
                new GuardedEventBus(kafka, blobs, events, config.kafka().retries()),
                blobs,
                metrics,
                clock,
                scratch.folder(),
                config.kafka().retries(),
                Optional.of(new KafkaRawRecordSource(config.kafka())));
    }

    private static Tracer tracer(PlatformConfig config, String name) {
        return config.otlp().isPresent()
                ? OpenTelemetryTracer.to(config.otlp().get().toString(), name)
                : Tracer.OFF;
    }

    public Platform platform() {
        return platform;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
