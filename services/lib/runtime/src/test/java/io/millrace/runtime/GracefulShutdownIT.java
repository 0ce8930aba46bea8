package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.blob.BlobsConfig;
import io.millrace.runtime.blob.FolderBlobStore;
import io.millrace.runtime.kafka.KafkaConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GracefulShutdownIT {
    private static final String GROUP = "millrace-profiler";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger readyWhileClosing = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> handledNext = new LinkedBlockingQueue<>();

    @Test
    void aServiceThatIsToldToStopIsUnreadyEndsItsWorkPublishesAndAcknowledges() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            RunningService first = start(kafka, this::untilToldToStop);
            port.set(first.managementPort());
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(status()).isEqualTo(200);
            first.close(Duration.ofSeconds(60));
            assertThat(readyWhileClosing).as("/ready while its handler ends").hasValue(503);

            RunningService next = start(kafka, (input, work) -> {
                handledNext.add(input.subject());
                return List.of();
            });
            // The first event was acknowledged: only the one that the second service published is left to do.
            assertThat(handledNext.poll(60, TimeUnit.SECONDS)).isEqualTo("event-2");
            assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("ended-event-1");
            assertThat(handledNext).isEmpty();
            next.close(Duration.ofSeconds(60));
        }
    }

    @Test
    void aTryThatOutlastsTheDrainIsGivenBackAndDoesNotCount() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
                BlobStore blobs = new FolderBlobStore(directory.resolve("blobs"))) {
            RunningService deaf = start(kafka, Duration.ofMillis(100), (input, work) -> {
                begun.countDown();
                while (over.getCount() > 0) {
                    Thread.onSpinWait();
                }
                throw new IllegalStateException("the process is gone by then");
            });
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(blobs.list("attempts/")).hasSize(1);
            deaf.close(Duration.ofSeconds(60));
            assertThat(blobs.list("attempts/")).isEmpty();
        } finally {
            over.countDown();
        }
    }

    private List<Emission> untilToldToStop(Envelope<DatasetSubmitted> input, Work work) throws Exception {
        begun.countDown();
        while (!work.cancelled()) {
            Thread.onSpinWait();
        }
        readyWhileClosing.set(status());
        return List.of(new Emission("ended-" + input.subject(), SampleEvents.rejected("churn")));
    }

    private int status() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port.get() + "/ready");
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private RunningService start(EmbeddedKafka kafka, EventHandler<DatasetSubmitted> handler) {
        return start(kafka, KafkaConfig.DEFAULT_DRAIN, handler);
    }

    private RunningService start(EmbeddedKafka kafka, Duration drain, EventHandler<DatasetSubmitted> handler) {
        KafkaConfig standard = KafkaConfig.of(kafka.bootstrapServers());
        PlatformConfig config = new PlatformConfig(
                new KafkaConfig(
                        standard.bootstrapServers(),
                        standard.properties(),
                        standard.partitions(),
                        standard.retention(),
                        standard.lock(),
                        drain,
                        standard.leave(),
                        standard.retries()),
                BlobsConfig.ofFolder(directory.resolve("blobs")),
                directory.resolve("scratch"),
                "127.0.0.1",
                0,
                Optional.empty());
        return RunningService.start("profiler", config, platform -> new OneWorker(platform, handler));
    }

    /** Each start publishes one event more, numbered by what is in the store. */
    private final class OneWorker implements Service {
        private final Platform platform;
        private final EventHandler<DatasetSubmitted> handler;
        private Subscription subscription;

        OneWorker(Platform platform, EventHandler<DatasetSubmitted> handler) {
            this.platform = platform;
            this.handler = handler;
        }

        @Override
        public void start() {
            int number = platform.blobs().list("started/").size() + 1;
            platform.blobs().put("started/" + number, new byte[0]);
            platform.bus().follow("rejections", Set.of(EventType.DATASET_REJECTED), event -> told.add(event.subject()));
            subscription = platform.bus().work(GROUP, DatasetSubmitted.class, 1, handler);
            platform.bus()
                    .publish(List.of(
                            SampleEvents.envelope("run-1", "event-" + number, SampleEvents.submitted("churn"))));
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
