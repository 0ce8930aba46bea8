package io.millrace.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @TempDir
    Path directory;

    @Test
    void keepsItsDataAndItsPortOverARestart() throws Exception {
        String bootstrap;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            bootstrap = kafka.bootstrapServers();
            create(bootstrap, "kept");
            publish(bootstrap, "kept", "still here");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(bootstrap);
            assertThat(first(bootstrap, "kept")).isEqualTo("still here");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another Millrace");
        }
    }

    @Test
    void allowsShareGroupsWithDeadLetters() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<String, Short> levels =
                    Map.copyOf(admin.describeFeatures().featureMetadata().get().finalizedFeatures().entrySet().stream()
                            .collect(java.util.stream.Collectors.toMap(
                                    Map.Entry::getKey, e -> e.getValue().maxVersionLevel())));
            assertThat(levels).containsEntry("share.version", (short) 2);
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of());
        }
    }

    @Test
    void membersSaySeldomThatTheyAreThereOnceSettledAndOftenAgainAfterARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                KafkaShareConsumer<byte[], byte[]> worker = worker(kafka.bootstrapServers())) {
            create(kafka.bootstrapServers(), "queue");
            worker.subscribe(List.of("queue"));
            awaitGroup(kafka.bootstrapServers(), worker);
            kafka.settle(Duration.ofSeconds(10));
            awaitGroupSetting(kafka.bootstrapServers(), "share.heartbeat.interval.ms", "10000");
            awaitGroupSetting(kafka.bootstrapServers(), "share.session.timeout.ms", "30000");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            awaitGroupSetting(kafka.bootstrapServers(), "share.heartbeat.interval.ms", "300");
            awaitGroupSetting(kafka.bootstrapServers(), "share.session.timeout.ms", "6000");
        }
    }

    private static KafkaShareConsumer<byte[], byte[]> worker(String bootstrap) {
        return new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "group.id", "workers"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void awaitGroup(String bootstrap, KafkaShareConsumer<byte[], byte[]> worker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            while (admin.listGroups().all().get().isEmpty()) {
                worker.poll(Duration.ofMillis(100));
            }
        }
    }

    /** The controller has taken a change before the broker, which answers here, has heard of it. */
    private static void awaitGroupSetting(String bootstrap, String setting, String milliseconds) throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "workers");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                while (!groupSetting(admin, group, setting).equals(milliseconds)) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    private static String groupSetting(Admin admin, ConfigResource group, String setting) throws Exception {
        return admin.describeConfigs(List.of(group))
                .all()
                .get()
                .get(group)
                .get(setting)
                .value();
    }

    private static void create(String bootstrap, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void publish(String bootstrap, String topic, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))).get();
        }
    }

    private static String first(String bootstrap, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(20));
            return new String(records.iterator().next().value(), UTF_8);
        }
    }
}
