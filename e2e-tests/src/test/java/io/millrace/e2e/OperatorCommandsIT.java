package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.blob.BlobsConfig;
import io.millrace.runtime.kafka.DeadLetter;
import io.millrace.runtime.kafka.DeadLetterQueues;
import io.millrace.runtime.kafka.KafkaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace dlq} and {@code millrace gc} as an operator runs them, on the state of a {@code millrace up}. */
class OperatorCommandsIT {
    private static final String MILLRACE = "io.millrace.allinone.Millrace";
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern BROKER = Pattern.compile("Kafka at (\\S+),");
    /** Whose share group works on it, and who follows it into the database. */
    private static final List<String> READERS = List.of("millrace-gateway", "millrace-trainer");

    @TempDir
    Path folder;

    @Test
    void deadLettersAreShownPutBackAndDroppedAndOldRunsRemoved() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        try (JavaProcess up = millrace(
                Map.of(), "up", "--inbox", "inbox", "--data-dir", "state", "--kafka-port", "0", "--http-port", "0")) {
            up.await("start", LONG, () -> up.output().contains("Ready."));
            Matcher broker = BROKER.matcher(up.output());
            assertThat(broker.find()).isTrue();
            Files.writeString(inbox.resolve("one-class.csv"), "a,label\n" + "1,yes\n2,yes\n3,yes\n".repeat(20));
            deadLetters(broker.group(1));
            up.await("rejection", LONG, () -> up.output().contains("rejected one-class"));
            up.terminate();
            up.exitCode(Duration.ofSeconds(60));
        }
        oldRuns();
    }

    private void deadLetters(String broker) throws Exception {
        Map<String, String> environment = Map.of("MILLRACE_KAFKA", broker);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("millrace.trial.requested", "rubbish", "no event"))
                    .get();
        }
        try (BlobStore blobs =
                        BlobsConfig.ofFolder(folder.resolve("state/blobs")).open(folder);
                DeadLetterQueues queues = new DeadLetterQueues(KafkaConfig.of(broker), blobs)) {
            List<String> first = awaitLetters(queues, READERS.size());
            assertThat(first).allMatch(id -> READERS.contains(id.substring(0, id.indexOf('/'))));

            assertThat(dlq(environment, "list").lines())
                    .hasSize(READERS.size())
                    .allMatch(line -> first.contains(line.substring(0, line.indexOf(' '))))
                    .allMatch(line -> line.contains("millrace.trial.requested") && line.contains("ce_specversion"));
            assertThat(dlq(environment, "show", first.get(0)))
                    .contains(first.get(0) + ", given up at ")
                    .contains("topic: millrace.trial.requested, key: rubbish")
                    .contains("no event");

            // What is rubbish comes back as such to all who read its topic.
            assertThat(dlq(environment, "redrive", first.get(0))).contains("put back " + first.get(0));
            List<String> second = awaitLetters(queues, 2 * READERS.size() - 1);
            assertThat(second).doesNotContain(first.get(0)).contains(first.get(1));

            assertThat(dlq(environment, "drop", "--all").lines().map(line -> line.replace("dropped ", "")))
                    .containsExactlyInAnyOrderElementsOf(second);
            assertThat(dlq(environment, "list")).contains("no dead letters");
        }
    }

    private static List<String> awaitLetters(DeadLetterQueues queues, int count) throws Exception {
        Waiting.until(count + " dead letters", LONG, () -> queues.list().size() == count);
        return queues.list().stream().map(DeadLetter::id).sorted().toList();
    }

    private String dlq(Map<String, String> environment, String command, String... chosen) throws Exception {
        return done(millrace(
                environment,
                Stream.concat(Stream.of("dlq", command, "--data-dir", "state"), Stream.of(chosen))
                        .toArray(String[]::new)));
    }

    private void oldRuns() throws Exception {
        Set<String> before = dataSets();
        assertThat(before).hasSize(1);
        String run = before.iterator().next();

        assertThat(gc("--dry-run")).contains(run).contains("1 runs and ").contains("would be removed");
        assertThat(dataSets()).isEqualTo(before);
        assertThat(gc()).contains(run).contains("1 runs and ").contains("were removed");
        assertThat(dataSets()).isEmpty();
        assertThat(gc()).contains("0 runs and 0 objects were removed");
    }

    private String gc(String... options) throws Exception {
        return done(millrace(
                Map.of(),
                Stream.concat(Stream.of("gc", "--data-dir", "state", "--older-than", "0s"), Stream.of(options))
                        .toArray(String[]::new)));
    }

    /** Runs whose data set is kept. */
    private Set<String> dataSets() throws IOException {
        Path root = folder.resolve("state/blobs/blobs/datasets");
        Set<String> runs = new TreeSet<>();
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(Files::isRegularFile)
                        .forEach(file ->
                                runs.add(root.relativize(file).getName(0).toString()));
            }
        }
        return runs;
    }

    private static String done(JavaProcess command) throws Exception {
        try (command) {
            assertThat(command.exitCode(LONG)).as(command.output()).isZero();
            return command.output();
        }
    }

    private JavaProcess millrace(Map<String, String> environment, String... arguments) {
        return JavaProcess.start(folder, MILLRACE, environment, arguments);
    }
}
