package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole run whose object store is on a disk that fills up in the middle. Mounting a small one takes the rights of root. */
class FullDiskRunIT {
    private static final long LONG_SECONDS = 240;
    private static final int PAGE = 1 << 12;
    private static final String FULL = "the disk is full, free some space";

    @TempDir
    Path folder;

    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            if (line.getFormattedMessage().contains(FULL)) {
                complaints.add(line.getFormattedMessage());
            }
        }
    };
    private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString()),
                "no small disk can be mounted: not root, or no tmpfs");
        listener.start();
        log.addAppender(listener);
    }

    @AfterEach
    void unmount() throws Exception {
        log.detachAppender(listener);
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theErrorSaysWhatToDoAndTheRunEndsOnceThereIsSpace() throws Exception {
        BlockingQueue<Envelope<? extends Event>> begun = new LinkedBlockingQueue<>();
        BlockingQueue<Envelope<? extends Event>> ends = new LinkedBlockingQueue<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"));
                AllServices services = AllServices.start(Map.of(
                        "MILLRACE_KAFKA", kafka.bootstrapServers(),
                        "MILLRACE_BLOBS", disk.resolve("blobs").toString(),
                        "MILLRACE_SCRATCH", folder.resolve("scratch").toString(),
                        "MILLRACE_DATABASE_URL", database.url(),
                        "MILLRACE_DATABASE_USER", database.user(),
                        "MILLRACE_DATABASE_PASSWORD", database.password(),
                        "MILLRACE_DRAIN", "1s",
                        "MILLRACE_LEAVE", "0s",
                        "MILLRACE_GATEWAY_PORT", "0"))) {
            services.platform().bus().watch(Set.of(EventType.DATASET_PROFILED), begun::add);
            services.platform()
                    .bus()
                    .watch(
                            Set.of(EventType.MODEL_PUBLISHED, EventType.RUN_FAILED, EventType.DATASET_REJECTED),
                            ends::add);
            drop(kafka);
            assertThat(begun.poll(LONG_SECONDS, TimeUnit.SECONDS)).isNotNull();
            Path filler = fill();
            assertThat(complaints.poll(LONG_SECONDS, TimeUnit.SECONDS)).contains(FULL);
            assertThat(ends).isEmpty();
            Files.delete(filler);
            Envelope<? extends Event> end = ends.poll(LONG_SECONDS, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            assertThat(end.type()).as("%s", end.event()).isEqualTo(EventType.MODEL_PUBLISHED);
        }
    }

    /** Takes every page that the disk has left. */
    private Path fill() {
        Path filler = disk.resolve("filler");
        byte[] page = new byte[PAGE];
        Arrays.fill(page, (byte) 1);
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
            return filler;
        }
    }

    private void drop(EmbeddedKafka kafka) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    "millrace.dataset.dropped", "full", Files.readAllBytes(SampleData.multiclass(folder)));
            record.headers().add("target", SampleData.multiclassTarget().getBytes(StandardCharsets.UTF_8));
            record.headers().add("trials", "3".getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }
}
