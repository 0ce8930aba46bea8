package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import io.millrace.runtime.blob.BlobsConfig.S3Access;
import io.millrace.runtime.blob.S3Bucket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service as a process of its own; a data set comes in and a model goes out through plain Kafka clients, or through
 * the bucket.
 */
class ServicesAsProcessesIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Map<String, String> MAINS = ServiceProcesses.mains();
    private static final int CHUNK = 1000;
    private static final String INBOX = "s3://millrace/inbox";

    @TempDir
    Path folder;

    @Test
    void dataSetsOnTheTopicInEveryFormAndInTheBucketBecomeModels() throws Exception {
        List<JavaProcess> processes = new ArrayList<>();
        try (BackEnds backEnds = BackEnds.start(folder)) {
            Map<String, ManagementPort> ports = new HashMap<>();
            for (Map.Entry<String, String> main : MAINS.entrySet()) {
                ManagementPort port = ManagementPort.free();
                ports.put(main.getKey(), port);
                processes.add(start(main.getKey(), main.getValue(), port, backEnds));
            }
            int index = 0;
            for (String service : MAINS.keySet()) {
                ManagementPort port = ports.get(service);
                processes.get(index++).await(service + " to be ready", LONG, () -> port.status("/ready") == 200);
                assertThat(port.status("/live")).isEqualTo(200);
            }
            drop(backEnds, SampleData.multiclass(folder));
            dropIntoBucket(backEnds, SampleData.multiclass(folder));
            Map<String, JsonNode> models = publishedModels(backEnds, Set.of("bytes", "chunks", "reference", "bucket"));
            assertThat(models.values()).allSatisfy(model -> {
                assertThat(model.get("task").asText()).isEqualTo("multiclass");
                assertThat(model.get("trials").asInt()).isEqualTo(2);
            });
            awaitResults(backEnds, models.get("bucket").get("run").asText());
            for (String service : MAINS.keySet()) {
                assertThat(ports.get(service).body("/metrics")).as(service).contains("jvm_");
            }
        } finally {
            processes.forEach(JavaProcess::close);
        }
    }

    private JavaProcess start(String service, String main, ManagementPort port, BackEnds backEnds) {
        Map<String, String> environment = new HashMap<>(backEnds.environment());
        environment.put("MILLRACE_HTTP_PORT", Integer.toString(port.number()));
        environment.put("MILLRACE_SCRATCH", folder.resolve("scratch-" + service).toString());
        if (!service.equals("planner") && !service.equals("gateway")) {
            environment.keySet().removeIf(key -> key.startsWith("MILLRACE_DATABASE"));
        }
        if (service.equals("gateway")) {
            environment.put("MILLRACE_GATEWAY_PORT", "0");
        }
        if (service.equals("scorer")) {
            environment.put("MILLRACE_SCORER_PORT", "0");
            environment.put("MILLRACE_SCORER_ANY_SIGNER", "true");
        }
        if (service.equals("intake")) {
            environment.put("MILLRACE_INTAKE_BUCKET", INBOX);
        }
        return JavaProcess.start(folder, main, environment);
    }

    /** The same file in each of the three forms of the topic. */
    private static void drop(BackEnds backEnds, Path data) throws Exception {
        byte[] content = Files.readAllBytes(data);
        Map<String, Object> config = Map.of("bootstrap.servers", backEnds.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
                BlobStore store = backEnds.openStore()) {
            producer.send(record("bytes", "bytes", content)).get();
            for (int from = 0; from < content.length; from += CHUNK) {
                byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + CHUNK));
                producer.send(record("chunks", "chunk", piece)).get();
            }
            producer.send(record("chunks", "end", new byte[0])).get();
            String uri = store.put("dropped/flowers.csv", content).uri();
            byte[] reference = ("{\"uri\": \"" + uri + "\"}").getBytes(StandardCharsets.UTF_8);
            producer.send(record("reference", "reference", reference)).get();
        }
    }

    private static void dropIntoBucket(BackEnds backEnds, Path data) throws Exception {
        try (S3Bucket bucket = inbox(backEnds)) {
            Map<String, Object> settings = Map.of("target", SampleData.multiclassTarget(), "trials", 2);
            bucket.put("bucket.json", new ObjectMapper().writeValueAsBytes(settings));
            bucket.put("bucket.csv", data);
        }
    }

    private static void awaitResults(BackEnds backEnds, String run) throws Exception {
        try (S3Bucket bucket = inbox(backEnds)) {
            String results = "results/bucket-" + run.substring(0, 8) + "/";
            Waiting.until("the results of run " + run, LONG, () -> bucket.find(results + "model.published.json")
                    .isPresent());
            assertThat(bucket.list(results))
                    .extracting(object -> object.name().substring(results.length()))
                    .contains("model.zip", "leaderboard.csv");
            assertThat(bucket.find("done/bucket.csv")).isPresent();
        }
    }

    private static S3Bucket inbox(BackEnds backEnds) {
        return S3Bucket.open(INBOX, S3Access.from(new Environment(backEnds.environment())));
    }

    private static ProducerRecord<String, byte[]> record(String name, String form, byte[] value) {
        ProducerRecord<String, byte[]> drop = new ProducerRecord<>("millrace.dataset.dropped", name, value);
        drop.headers().add(header("form", form));
        if (!form.equals("chunk")) {
            drop.headers().add(header("target", SampleData.multiclassTarget()));
            drop.headers().add(header("trials", "2"));
        }
        return drop;
    }

    private static RecordHeader header(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, JsonNode> publishedModels(BackEnds backEnds, Set<String> names) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                backEnds.bootstrapServers(),
                "group.id",
                "downstream",
                "auto.offset.reset",
                "earliest");
        Map<String, JsonNode> models = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("millrace.model.published", "millrace.run.failed", "millrace.dataset.rejected"));
            long end = System.nanoTime() + LONG.toNanos();
            while (!models.keySet().equals(names)) {
                assertThat(System.nanoTime())
                        .as("models so far: %s", models.keySet())
                        .isLessThan(end);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    String text = new String(record.value(), StandardCharsets.UTF_8);
                    assertThat(record.topic()).as(text).isEqualTo("millrace.model.published");
                    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                            .isEqualTo("io.millrace.model.published.v1");
                    models.put(record.key(), new ObjectMapper().readTree(text));
                }
            }
        }
        return models;
    }
}
