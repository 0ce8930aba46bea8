package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of half a megabyte. Mounting one takes the rights of root. */
class FullDiskIT {
    private static final int KILOBYTE = 1 << 10;
    private static final byte[] RESULT = new byte[300 * KILOBYTE];

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
                "no small disk can be mounted: not root, or no tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFullDiskIsNamedLeavesNothingHalfWrittenAndIsForgottenOnceThereIsSpace() throws Exception {
        Path filler = Files.write(disk.resolve("filler"), new byte[400 * KILOBYTE]);
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        RetryPolicy patient = new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(10), Duration.ofMillis(50));
        try (BlobStore store = new FolderBlobStore(disk.resolve("store"));
                EventBus bus = new GuardedEventBus(
                        new InMemoryEventBus(Clock.systemUTC(), patient),
                        store,
                        new EventMetrics(new PrometheusRegistry()),
                        patient)) {
            EventHandler<DatasetSubmitted> handler = (input, work) -> {
                try {
                    store.put("results/table", RESULT);
                } catch (RuntimeException e) {
                    failures.add(e.getMessage());
                    throw e;
                }
                return List.of(new Emission("ended", SampleEvents.rejected("churn")));
            };
            Subscription told = bus.follow("told", Set.of(EventType.DATASET_REJECTED), e -> ended.add(e.subject()));
            Subscription worker = bus.work("millrace-profiler", DatasetSubmitted.class, 1, handler);
            bus.publish(List.of(SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"))));

            assertThat(failures.poll(60, TimeUnit.SECONDS)).contains("the disk is full, free some space");
            assertThat(store.find("results/table")).isEmpty();
            assertThat(failures.poll(60, TimeUnit.SECONDS)).as("another try").isNotNull();
            assertThat(ended).isEmpty();

            Files.delete(filler);
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isEqualTo("ended");
            assertThat(store.find("results/table")).contains(RESULT);
            Subscription.closeAll(List.of(told, worker));
            try (var left = Files.list(disk.resolve("store/incoming"))) {
                assertThat(left).isEmpty();
            }
        }
    }
}
