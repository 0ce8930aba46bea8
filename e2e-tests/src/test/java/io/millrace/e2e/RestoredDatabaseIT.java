package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps under "Backup and restore" of {@code infra/README.md}, with the programs that they name. */
class RestoredDatabaseIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    /** What had come before the dump and was taken after it: equal ids make it harmless to take more again. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void theGatewayAnswersAsBeforeAndAnUnfinishedRunGoesOn() throws Exception {
        assumeTrue(
                InstalledPostgres.bin().isPresent(),
                "no PostgreSQL server with pg_dump is installed: apt-get install postgresql");
        Path dump = folder.resolve("millrace.dump");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            JsonNode leaderboard;
            Instant dumped;
            try (InstalledPostgres lost = InstalledPostgres.start(folder.resolve("lost"));
                    AllServices services = AllServices.start(variables(kafka, lost))) {
                drop(kafka, "finished", 2);
                await(services, "finished", run -> run.get("status").asText().equals("published"));
                leaderboard = leaderboard(services, "finished");
                drop(kafka, "unfinished", 8);
                await(services, "unfinished", run -> run.at("/progress/done").asInt() >= 1);
                dumped = Instant.now();
                lost.dump(dump);
                // What is decided from here on is in the topics and no longer in any database.
                int known = run(services, "unfinished").at("/progress/done").asInt();
                await(services, "unfinished", run -> run.at("/progress/done").asInt() >= known + 2);
            }
            rewind(kafka, "millrace-planner", dumped.minus(MARGIN));
            rewind(kafka, "millrace-gateway", dumped.minus(MARGIN));
            try (InstalledPostgres fresh = InstalledPostgres.start(folder.resolve("fresh"))) {
                fresh.restore(dump);
                try (AllServices services = AllServices.start(variables(kafka, fresh))) {
                    assertThat(leaderboard(services, "finished")).isEqualTo(leaderboard);
                    await(services, "unfinished", run -> run.get("status")
                            .asText()
                            .equals("published"));
                    assertThat(leaderboard(services, "unfinished").get("rows")).hasSize(8);
                }
            }
        }
    }

    private Map<String, String> variables(EmbeddedKafka kafka, InstalledPostgres postgres) {
        Map<String, String> variables = new HashMap<>();
        variables.put("MILLRACE_KAFKA", kafka.bootstrapServers());
        variables.put("MILLRACE_BLOBS", folder.resolve("blobs").toString());
        variables.put("MILLRACE_SCRATCH", folder.resolve("scratch").toString());
        variables.put("MILLRACE_DATABASE_URL", postgres.url());
        variables.put("MILLRACE_DATABASE_USER", postgres.user());
        variables.put("MILLRACE_GATEWAY_PORT", "0");
        return variables;
    }

    /** As {@code kafka-consumer-groups.sh --reset-offsets --to-datetime} does for a group without members. */
    private static void rewind(EmbeddedKafka kafka, String group, Instant to) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet()
                    .forEach(partition -> wanted.put(partition, OffsetSpec.forTimestamp(to.toEpochMilli())));
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(wanted).all().get().forEach((partition, found) -> {
                if (found.offset() >= 0) {
                    offsets.put(partition, new OffsetAndMetadata(found.offset()));
                }
            });
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
    }

    private void drop(EmbeddedKafka kafka, String name, int trials) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    "millrace.dataset.dropped", name, Files.readAllBytes(SampleData.multiclass(folder)));
            record.headers().add("target", SampleData.multiclassTarget().getBytes(StandardCharsets.UTF_8));
            record.headers().add("trials", Integer.toString(trials).getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    private interface Condition {
        boolean holds(JsonNode run);
    }

    private void await(AllServices services, String name, Condition condition) throws Exception {
        Waiting.until(name, LONG, () -> {
            JsonNode run = run(services, name);
            return !run.isMissingNode() && condition.holds(run);
        });
    }

    private JsonNode run(AllServices services, String name) throws Exception {
        for (JsonNode run : services.get("/runs").get("runs")) {
            if (run.path("name").asText().equals(name)) {
                return run;
            }
        }
        return new ObjectMapper().missingNode();
    }

    private JsonNode leaderboard(AllServices services, String name) throws Exception {
        return services.get("/runs/" + run(services, name).get("id").asText() + "/leaderboard");
    }
}
