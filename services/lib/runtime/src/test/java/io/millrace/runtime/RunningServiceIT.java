package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.blob.BlobsConfig;
import io.millrace.runtime.kafka.KafkaConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class RunningServiceIT {
    @TempDir
    Path directory;

    @Test
    void aServiceWorksIsMeasuredAndLeavesNothingBehind() throws Exception {
        BlockingQueue<String> rejected = new LinkedBlockingQueue<>();
        AtomicReference<Path> scratch = new AtomicReference<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            PlatformConfig config = new PlatformConfig(
                    KafkaConfig.of(kafka.bootstrapServers()),
                    BlobsConfig.ofFolder(directory.resolve("blobs")),
                    directory.resolve("scratch"),
                    "127.0.0.1",
                    0,
                    Optional.empty());
            RunningService running = RunningService.start("profiler", config, platform -> {
                scratch.set(platform.scratch());
                return new RejectEverything(platform, rejected);
            });
            assertThat(rejected.poll(30, TimeUnit.SECONDS)).isEqualTo("churn");
            assertThat(metrics(running))
                    .contains("millrace_events_in_total{event=\"dataset.submitted\",service=\"profiler\"} 1.0")
                    .contains("millrace_handling_seconds_count{event=\"dataset.submitted\",service=\"profiler\"} 1")
                    .contains("jvm_");
            assertThat(scratch.get()).exists();
            running.close(Duration.ofSeconds(30));
            assertThat(scratch.get()).doesNotExist();
        }
    }

    /** The threads of the management server would keep the process alive, never ready. */
    @Test
    void aLibraryThatCannotBeLoadedEndsTheProcess() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            Path log = directory.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            WithoutItsLibrary.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
            builder.environment()
                    .putAll(Map.of(
                            "MILLRACE_KAFKA",
                            kafka.bootstrapServers(),
                            "MILLRACE_BLOBS",
                            directory.resolve("blobs").toString(),
                            "MILLRACE_SCRATCH",
                            directory.resolve("scratch").toString()));
            Process process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
                assertThat(Files.readString(log)).containsOnlyOnce("cannot start: no jnind4jcpu");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    static final class WithoutItsLibrary {
        private WithoutItsLibrary() {}

        public static void main(String[] arguments) {
            ServiceMain.run("trainer", env -> "", (config, platform) -> {
                throw new UnsatisfiedLinkError("no jnind4jcpu");
            });
        }
    }

    private static String metrics(RunningService running) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + running.managementPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private record RejectEverything(Platform platform, BlockingQueue<String> rejected) implements Service {
        @Override
        public void start() {
            platform.bus().watch(Set.of(EventType.DATASET_REJECTED), event -> rejected.add(event.subject()));
            platform.bus()
                    .work(
                            "millrace-profiler",
                            DatasetSubmitted.class,
                            1,
                            (input, work) -> List.of(new Emission(
                                    input.subject(),
                                    new DatasetRejected(input.subject(), "no-rows", "it has no rows", "add some"))));
            platform.bus().publish(List.of(SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"))));
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {
            rejected.clear();
        }
    }
}
