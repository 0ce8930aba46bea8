package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.RunSettings;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.kafka.KafkaEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an event takes from its confirmed publication to a handler, on the embedded broker, without the fence. */
class HopLatencyBenchmark {
    private static final int WARM_UP = 50;
    private static final int HOPS = 300;

    @TempDir
    Path directory;

    @Test
    void anEventIsTakenSoonAfterItIsPublished() throws Exception {
        SynchronousQueue<Long> begun = new SynchronousQueue<>();
        List<Long> micros = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                KafkaEventBus bus = KafkaEventBus.open(
                        KafkaConfig.of(kafka.bootstrapServers()),
                        Clock.systemUTC(),
                        new EventMetrics(new PrometheusRegistry()));
                Subscription worker = bus.work("millrace-hop", DatasetSubmitted.class, 1, (input, work) -> {
                    begun.put(System.nanoTime());
                    return List.of();
                })) {
            for (int i = 0; i < WARM_UP + HOPS; i++) {
                long published = System.nanoTime();
                bus.publish(List.of(submitted(i)));
                Long taken = begun.poll(30, TimeUnit.SECONDS);
                assertThat(taken).isNotNull();
                if (i >= WARM_UP) {
                    micros.add((taken - published) / 1000);
                }
            }
            assertThat(worker.ready()).isTrue();
        }
        Collections.sort(micros);
        System.out.printf(
                "hop: p50 %d us, p95 %d us, p99 %d us%n",
                micros.get(HOPS / 2), micros.get(HOPS * 95 / 100), micros.get(HOPS * 99 / 100));
    }

    private static Envelope<DatasetSubmitted> submitted(int run) {
        BlobRef data = new BlobRef("blob:datasets/churn.csv", "0".repeat(64), 1);
        DatasetSubmitted event = new DatasetSubmitted(
                "churn", "churn.csv", data, RunSettings.ofBudget(Duration.ofMinutes(1)), Instant.EPOCH);
        return new Envelope<>(
                "event-" + run,
                "churn",
                "run-" + run,
                Optional.empty(),
                Optional.empty(),
                "/millrace/benchmark",
                Instant.EPOCH,
                event);
    }
}
