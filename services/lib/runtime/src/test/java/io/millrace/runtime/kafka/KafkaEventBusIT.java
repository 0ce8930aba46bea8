package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventBusContract;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEventBusIT extends EventBusContract {
    private static final Duration RETENTION = Duration.ofHours(50);
    private static final Duration LOCK = Duration.ofMillis(1500);
    private static final int RUNS = 20;
    /** With all that is around its value, by a producer's standard settings. */
    private static final int LARGEST_RECORD = 1 << 20;
    /** Five megabytes of them. */
    private static final int LONG_RECORDS = 110;

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static KafkaConfig config;
    private static KafkaEventBus bus;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory);
        config = new KafkaConfig(
                kafka.bootstrapServers(),
                Map.of(),
                KafkaConfig.DEFAULT_PARTITIONS,
                RETENTION,
                LOCK,
                Duration.ofSeconds(5),
                KafkaConfig.DEFAULT_LEAVE,
                RETRIES);
        bus = KafkaEventBus.open(config, Clock.systemUTC(), new EventMetrics(new PrometheusRegistry()));
    }

    @AfterAll
    static void stop() {
        bus.close();
        kafka.close();
    }

    @Override
    protected EventBus bus() {
        return bus;
    }

    @Override
    protected void write(WireEvent record) {
        try (Publisher publisher = new Publisher(new Clients(config).producer())) {
            publisher.send(List.of(WireRecords.toKafka(record)));
        }
    }

    @Override
    protected List<byte[]> awaitDeadLetters(int count) {
        try (KafkaConsumer<byte[], byte[]> consumer = new Clients(config).watcher()) {
            String topic = Topics.deadLettersOf(group);
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            List<byte[]> letters = new ArrayList<>();
            while (letters.size() < count) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                    if (run.equals(new String(letter.key(), UTF_8))) {
                        letters.add(letter.value());
                    }
                }
            }
            return letters;
        }
    }

    @Test
    void everyTopicHasTheConfiguredRetentionAndPublishedModelsStay() throws Exception {
        bus.work(group, DatasetSubmitted.class, 1, (input, work) -> List.of()).close();
        assertThat(setting(EventType.TRIAL_REQUESTED.topic(), "retention.ms"))
                .isEqualTo(Long.toString(RETENTION.toMillis()));
        assertThat(setting(Topics.deadLettersOf(group), "retention.ms")).isEqualTo(Long.toString(RETENTION.toMillis()));
        assertThat(setting(EventType.MODEL_PUBLISHED.topic(), "cleanup.policy")).isEqualTo("compact");
    }

    @Test
    void ofAGroupsMembersOneHasAllEventsOfARun() throws Exception {
        Map<String, Set<String>> membersByRun = new ConcurrentHashMap<>();
        Set<String> members = ConcurrentHashMap.newKeySet();
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        List<Subscription> both =
                List.of(follow("first", membersByRun, members, taken), follow("second", membersByRun, members, taken));
        try {
            // Until the partitions are shared out, the first one has them all.
            for (int round = 0; members.size() < 2; round++) {
                publishBothTypes("before-" + round);
                take(taken, 2 * RUNS);
            }
            publishBothTypes("shared");
            take(taken, 2 * RUNS);
        } finally {
            both.forEach(Subscription::close);
        }
        Map<String, Set<String>> shared = membersByRun.entrySet().stream()
                .filter(e -> e.getKey().contains("shared"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(shared).hasSize(RUNS).allSatisfy((run, by) -> assertThat(by).hasSize(1));
        assertThat(shared.values().stream().flatMap(Set::stream).distinct())
                .containsExactlyInAnyOrder("first", "second");
    }

    private Subscription follow(
            String member, Map<String, Set<String>> membersByRun, Set<String> members, BlockingQueue<String> taken) {
        return bus.follow(group, Set.of(EventType.RUN_FAILED, EventType.DATASET_REJECTED), event -> {
            if (event.runId().startsWith(run)) {
                membersByRun
                        .computeIfAbsent(event.runId(), id -> ConcurrentHashMap.newKeySet())
                        .add(member);
                members.add(member);
                taken.add(event.runId());
            }
        });
    }

    private void publishBothTypes(String round) {
        for (int i = 0; i < RUNS; i++) {
            String id = run + "-" + round + "-" + i;
            bus.publish(List.of(
                    SampleEvents.envelope(id, "subject", new RunFailed("name", "test", FailureKind.BUG, "It ends.")),
                    SampleEvents.envelope(id, "subject", SampleEvents.rejected("name"))));
        }
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = new Clients(config).admin()) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        }
    }

    @Test
    void aFollowerReadsAheadByLittleHoweverMuchLiesInATopic() throws Exception {
        String topic = "much-" + group;
        Clients clients = new Clients(config);
        try (Admin admin = clients.admin();
                Publisher publisher = new Publisher(clients.producer());
                KafkaConsumer<byte[], byte[]> follower = clients.follower(group)) {
            admin.createTopics(
                            List.of(new NewTopic(topic, Optional.of(KafkaConfig.DEFAULT_PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            // One each at first: a broker that does not know yet that it leads a partition may refuse the first of many
            // and take the second, after which the first is out of sequence for ever.
            publisher.send(longRecords(topic, 0, KafkaConfig.DEFAULT_PARTITIONS));
            publisher.send(longRecords(topic, KafkaConfig.DEFAULT_PARTITIONS, LONG_RECORDS));

            follower.assign(IntStream.range(0, KafkaConfig.DEFAULT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
            int taken = 0;
            while (taken < LONG_RECORDS) {
                taken += follower.poll(Duration.ofSeconds(1)).count();
            }
            assertThat(mostFetchedAtOnce(follower)).isBetween(48 << 10, 1 << 20);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> longRecords(String topic, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new ProducerRecord<>(
                        topic, i % KafkaConfig.DEFAULT_PARTITIONS, new byte[0], new byte[48 << 10]))
                .toList();
    }

    /** Bytes of the largest answer of the broker. */
    private static int mostFetchedAtOnce(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("fetch-size-max")
                        && !metric.metricName().tags().containsKey("topic"))
                .mapToInt(metric -> ((Double) metric.metricValue()).intValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFollowerPassesOverARecordThatIsTooLargeForADeadLetter() throws Exception {
        BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        write(new WireEvent(EventType.RUN_FAILED.topic(), run, Map.of(), new byte[LARGEST_RECORD - 300]));
        RunFailed next = new RunFailed("name", "test", FailureKind.BUG, "It ends.");
        bus.publish(List.of(SampleEvents.envelope(run, "next", next)));
        try (Subscription following = bus.follow(group, Set.of(EventType.RUN_FAILED), event -> {
            if (event.runId().equals(run)) {
                taken.add(event.subject());
            }
        })) {
            assertThat(take(taken, 1)).containsExactly("next");
            assertThat(awaitDeadLetters(1)).containsExactly((byte[]) null);
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aLeaseIsRenewedForAsLongAsTheHandlerWorks() throws Exception {
        BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        BlockingQueue<String> never = new LinkedBlockingQueue<>();
        EventHandler<DatasetSubmitted> longer = ours((input, work) -> {
            begun.add(work.delivery());
            if (input.subject().equals("long")) {
                // Three locks long: without renewal the record would have gone to the other slot.
                assertThat(never.poll(LOCK.toMillis() * 3, TimeUnit.MILLISECONDS))
                        .isNull();
                assertThat(work.cancelled()).isFalse();
            }
            ended.add(input.subject());
            return List.of();
        });
        try (Subscription worker = bus().work(group, DatasetSubmitted.class, 2, longer)) {
            publish(run, "long");
            assertThat(take(ended, 1)).containsExactly("long");
            publish(run, "next");
            assertThat(take(ended, 1)).containsExactly("next");
            assertThat(begun).containsExactly(1, 1);
            assertThat(worker.ready()).isTrue();
        }
    }
}
