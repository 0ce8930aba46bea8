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
import java.util.Optional;

/**
 * A {@link Platform} with its connections: a bus whose handlers are fenced and measured, the object store, the metrics
 * with those of the JVM, and a scratch folder. One per process, whether it runs one service or all of them.
 */
public final class OpenPlatform implements AutoCloseable {
    private final Platform platform;
    private final Scratch scratch;
    private final Tracer tracer;

    private OpenPlatform(Platform platform, Scratch scratch, Tracer tracer) {
        this.platform = platform;
        this.scratch = scratch;
        this.tracer = tracer;
    }

    /**
     * Connects.
     *
     * @param name of the process, such as {@code trainer}; names its scratch folder
     * @throws EventHandlingException RETRYABLE, when Kafka or the object store does not answer
     */
    public static OpenPlatform open(PlatformConfig config, String name) {
        Scratch scratch = Scratch.open(config.scratch(), name);
        try {
            return open(config, name, scratch);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private static OpenPlatform open(PlatformConfig config, String name, Scratch scratch) {
        BlobStore blobs = config.blobs().open(scratch.folder());
        try {
            return open(config, name, scratch, blobs);
        } catch (RuntimeException | Error e) {
            blobs.close();
            throw e;
        }
    }

    private static OpenPlatform open(PlatformConfig config, String name, Scratch scratch, BlobStore blobs) {
        Tracer tracer = tracer(config, name);
        try {
            return open(config, scratch, blobs, tracer);
        } catch (RuntimeException | Error e) {
            tracer.close();
            throw e;
        }
    }

    private static OpenPlatform open(PlatformConfig config, Scratch scratch, BlobStore blobs, Tracer tracer) {
        Clock clock = Clock.systemUTC();
        PrometheusRegistry metrics = new PrometheusRegistry();
        JvmMetrics.builder().register(metrics);
        EventMetrics events = new EventMetrics(metrics);
        KafkaEventBus kafka = KafkaEventBus.open(config.kafka(), clock, events, tracer);
        QueueLag.register(metrics, kafka.backlog()::read);
        EventBus bus = new GuardedEventBus(kafka, blobs, events, config.kafka().retries());
        return new OpenPlatform(
                new Platform(
                        bus,
                        blobs,
                        metrics,
                        clock,
                        scratch.folder(),
                        config.kafka().retries(),
                        Optional.of(new KafkaRawRecordSource(config.kafka()))),
                scratch,
                tracer);
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
        platform.bus().close();
        platform.blobs().close();
        tracer.close();
        scratch.close();
    }
}
