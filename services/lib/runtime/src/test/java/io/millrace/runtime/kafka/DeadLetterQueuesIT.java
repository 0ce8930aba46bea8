package io.millrace.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.GuardedEventBus;
import io.millrace.runtime.work.RecordedHandler;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DeadLetterQueuesIT {
    private static final FailureEvents<DatasetSubmitted> TELLING = (input, failure) -> List.of(new Emission(
            input.subject(), new DatasetRejected(input.subject(), "failed", failure.getMessage(), "none")));

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static KafkaConfig config;
    private static InMemoryBlobStore blobs;
    private static EventBus bus;
    private static DeadLetterQueues letters;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory);
        RetryPolicy retries = new RetryPolicy(1, Duration.ofMillis(10), Duration.ofMillis(50));
        KafkaConfig of = KafkaConfig.of(kafka.bootstrapServers());
        config = new KafkaConfig(
                of.bootstrapServers(),
                Map.of(),
                of.partitions(),
                of.retention(),
                of.lock(),
                of.drain(),
                of.leave(),
                retries);
        blobs = new InMemoryBlobStore();
        bus = new GuardedEventBus(
                KafkaEventBus.open(config, Clock.systemUTC(), new EventMetrics(new PrometheusRegistry())),
                blobs,
                new EventMetrics(new PrometheusRegistry()),
                retries);
        letters = new DeadLetterQueues(config, blobs);
    }

    @AfterAll
    static void stop() {
        letters.close();
        bus.close();
        kafka.close();
    }

    @Test
    void aDeadLetterTellsItsCauseAndIsHandledAfterItWasPutBack() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        Envelope<DatasetSubmitted> event =
                SampleEvents.envelope("run-mended", "churn", SampleEvents.submitted("churn"));
        EventHandler<DatasetSubmitted> handler = (input, work) -> {
            if (input.runId().equals("run-mended")) {
                if (!mended.get()) {
                    throw new EventHandlingException(Kind.POISON, "the license of the reader ran out", null);
                }
                handled.add(input.id());
            }
            return List.of();
        };
        try (Subscription worker = bus.work("millrace-mended", DatasetSubmitted.class, 1, handler, TELLING)) {
            bus.publish(List.of(event));
            DeadLetter letter = await("millrace-mended", "run-mended", 1).get(0);
            assertThat(letter.event().topic()).isEqualTo(EventType.DATASET_SUBMITTED.topic());
            assertThat(letter.event().headers()).containsEntry("ce_id", event.id());
            assertThat(letters.told(letter))
                    .extracting(Emission::event)
                    .containsExactly(
                            new DatasetRejected("churn", "failed", "the license of the reader ran out", "none"));

            assertThat(letter.cause()).as("all that the broker knows").isEqualTo("Offset rejected by client.");
            assertThat(letters.cause(letter)).isEqualTo("the license of the reader ran out");

            mended.set(true);
            letters.redrive(letter);
            assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(event.id());
            assertThat(of("millrace-mended", "run-mended")).isEmpty();
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void aLetterOfAFollowerTellsWhyItWasGivenUp() throws Exception {
        EventFollower follower = event -> {
            if (event.runId().equals("run-followed")) {
                throw new IllegalArgumentException("no such family");
            }
        };
        try (Subscription following = bus.follow("millrace-followed", Set.of(EventType.DATASET_SUBMITTED), follower)) {
            bus.publish(List.of(SampleEvents.envelope("run-followed", "churn", SampleEvents.submitted("churn"))));
            DeadLetter letter = await("millrace-followed", "run-followed", 1).get(0);
            assertThat(letters.cause(letter)).isEqualTo("java.lang.IllegalArgumentException: no such family");
            assertThat(following).isNotNull();
        }
    }

    @Test
    void aLetterThatWasDroppedIsGoneAndTheOneBeforeItStays() throws Exception {
        EventHandler<DatasetSubmitted> handler = (input, work) -> List.of();
        try (Subscription worker = bus.work("millrace-dropped", DatasetSubmitted.class, 1, handler);
                Publisher publisher = new Publisher(new Clients(config).producer())) {
            for (String rubbish : List.of("first", "second")) {
                publisher.send(List.of(WireRecords.toKafka(new WireEvent(
                        EventType.DATASET_SUBMITTED.topic(), "rubbish", Map.of(), rubbish.getBytes(UTF_8)))));
            }
            List<DeadLetter> both = await("millrace-dropped", "rubbish", 2);
            assertThat(letters.cause(both.get(0))).contains("no headers", "ce_specversion");
            letters.drop(both.get(1));
            assertThat(of("millrace-dropped", "rubbish"))
                    .extracting(DeadLetter::id)
                    .containsExactly(both.get(0).id());
            assertThat(blobs.list("dead-letters/millrace-dropped")).hasSize(1);
            letters.drop(both.get(0));
            assertThat(of("millrace-dropped", "rubbish")).isEmpty();
            // Deleted for good, so that nothing needs to remember them.
            assertThat(blobs.list("dead-letters/millrace-dropped")).isEmpty();
            assertThat(worker).isNotNull();
        }
    }

    /** Whoever may produce may put one there, and topics are deleted. */
    @Test
    void aLetterThatLeadsNowhereIsListedAndKeepsNoOtherFromBeingRead() throws Exception {
        bus.work("millrace-odd", DatasetSubmitted.class, 1, (input, work) -> List.of())
                .close();
        try (Publisher publisher = new Publisher(new Clients(config).producer())) {
            for (List<String> place : List.of(
                    List.of("no such topic!", "0", "0"),
                    List.of("millrace.deleted", "0", "7"),
                    List.of(EventType.DATASET_SUBMITTED.topic(), "999", "0"),
                    List.of(EventType.DATASET_SUBMITTED.topic(), "first", "last"))) {
                ProducerRecord<byte[], byte[]> letter =
                        new ProducerRecord<>("dlq.millrace-odd", "odd".getBytes(UTF_8), new byte[] {1});
                letter.headers().add(DeadLetter.TOPIC, place.get(0).getBytes(UTF_8));
                letter.headers().add(DeadLetter.PARTITION, place.get(1).getBytes(UTF_8));
                letter.headers().add(DeadLetter.OFFSET, place.get(2).getBytes(UTF_8));
                publisher.send(List.of(letter));
            }
        }
        assertThat(of("millrace-odd", "odd"))
                .extracting(letter -> letter.event().topic())
                .containsExactly(
                        "no such topic!",
                        "millrace.deleted",
                        EventType.DATASET_SUBMITTED.topic(),
                        EventType.DATASET_SUBMITTED.topic());
    }

    @Test
    void aSettledLetterIsRememberedNoLongerThanItsTopicKeepsIt() throws Exception {
        bus.work("millrace-aged", DatasetSubmitted.class, 1, (input, work) -> List.of())
                .close();
        try (Publisher publisher = new Publisher(new Clients(config).producer());
                Admin admin = new Clients(config).admin()) {
            for (int i = 0; i < 2; i++) {
                publisher.send(
                        List.of(new ProducerRecord<>("dlq.millrace-aged", "aged".getBytes(UTF_8), new byte[] {1})));
            }
            List<DeadLetter> both = await("millrace-aged", "aged", 2);
            letters.drop(both.get(1));
            blobs.put("dead-letters/millrace-aged/0/1000", new byte[0]);
            assertThat(of("millrace-aged", "aged")).hasSize(1);
            assertThat(blobs.list("dead-letters/millrace-aged"))
                    .as("but what the topic has never held")
                    .containsExactly("dead-letters/" + both.get(1).id());

            // As the brokers do when its time is over.
            long after = both.get(1).offset() + 1;
            admin.deleteRecords(Map.of(new TopicPartition("dlq.millrace-aged", 0), RecordsToDelete.beforeOffset(after)))
                    .all()
                    .get();
            assertThat(of("millrace-aged", "aged")).isEmpty();
            assertThat(blobs.list("dead-letters/millrace-aged")).isEmpty();
        }
    }

    @Test
    void aLetterWhoseFailureWasToldWithoutAMessageSaysWhoGaveItUp() throws Exception {
        EventHandler<DatasetSubmitted> handler = (input, work) -> {
            if (input.runId().equals("run-mute")) {
                throw new EventHandlingException(Kind.POISON, "nobody tells of it", null);
            }
            return List.of();
        };
        try (Subscription worker = bus.work("millrace-mute", DatasetSubmitted.class, 1, handler)) {
            bus.publish(List.of(SampleEvents.envelope("run-mute", "mute", SampleEvents.submitted("mute"))));
            DeadLetter letter = await("millrace-mute", "run-mute", 1).get(0);
            assertThat(letters.cause(letter))
                    .contains("millrace-mute gave it up after its last try and published nothing instead");
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void anEventWhoseWorkerDiedAfterItGaveUpHasOneLetterHoweverOftenItComes() throws Exception {
        String group = "millrace-mourned";
        Envelope<DatasetSubmitted> event =
                SampleEvents.envelope("run-mourned", "mourned", SampleEvents.submitted("mourned"));
        EventHandler<DatasetSubmitted> handler = (input, work) -> {
            if (input.runId().equals("run-mourned")) {
                throw new AssertionError("it was given up before");
            }
            return List.of();
        };
        BlockingQueue<DatasetRejected> told = new LinkedBlockingQueue<>();
        // All that the worker did before it died.
        new RecordedHandler<>(handler, blobs, group, 1)
                .recorded(TELLING)
                .of(event, new IllegalStateException("the reader broke"));
        try (Subscription watch = bus.watch(Set.of(EventType.DATASET_REJECTED), e -> {
                    if (e.runId().equals("run-mourned")) {
                        told.add((DatasetRejected) e.event());
                    }
                });
                Subscription worker = bus.work(group, DatasetSubmitted.class, 1, handler, TELLING);
                KafkaConsumer<byte[], byte[]> topic = new Clients(config).watcher()) {
            bus.publish(List.of(event, event));
            DeadLetterReader reader = new DeadLetterReader(topic);
            Map<TopicPartition, Long> beginning = Map.of(new TopicPartition("dlq." + group, 0), 0L);
            while (reader.read(beginning).size() < 2) {
                assertThat(watch).isNotNull();
            }
            DeadLetter letter = await(group, "run-mourned", 1).get(0);
            assertThat(of(group, "run-mourned")).extracting(DeadLetter::id).containsExactly(letter.id());
            assertThat(letters.cause(letter)).isEqualTo("the reader broke");
            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(new DatasetRejected("mourned", "failed", "the reader broke", "none"));
            letters.drop(letter);
            assertThat(of(group, "run-mourned")).as("both are dropped").isEmpty();
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void workThatTheBrokerBuriesByItselfIsToldSoThatNoRunWaits() throws Exception {
        BlockingQueue<DatasetRejected> told = new LinkedBlockingQueue<>();
        Envelope<DatasetSubmitted> event =
                SampleEvents.envelope("run-silent", "silent", SampleEvents.submitted("silent"));
        try (Subscription watch = bus.watch(Set.of(EventType.DATASET_REJECTED), e -> {
            if (e.runId().equals("run-silent")) {
                told.add((DatasetRejected) e.event());
            }
        })) {
            // Makes the group, its dead-letter topic and the job; then no worker of ours is there.
            FailureEvents<DatasetSubmitted> broken = (input, failure) -> {
                if (input.runId().equals("run-untold")) {
                    throw new IllegalStateException("a bug in what tells of failures");
                }
                return TELLING.of(input, failure);
            };
            bus.work("millrace-silent", DatasetSubmitted.class, 1, (input, work) -> List.of(), broken)
                    .close();
            // The first cannot be told of, which must not keep the second from it.
            bus.publish(
                    List.of(SampleEvents.envelope("run-untold", "untold", SampleEvents.submitted("untold")), event));
            dieInEveryDelivery("millrace-silent", Set.of("run-untold", "run-silent"));
            DatasetRejected rejected = told.poll(60, TimeUnit.SECONDS);
            assertThat(rejected).isNotNull();
            assertThat(rejected.message()).contains("no worker lived long enough");
            assertThat(watch).isNotNull();
        }
    }

    /** Takes the events as workers do that are killed each time: they are never acknowledged, until the broker has enough. */
    private static void dieInEveryDelivery(String group, Set<String> runs) {
        try (KafkaShareConsumer<byte[], byte[]> worker = new Clients(config).worker(group, "doomed")) {
            worker.subscribe(List.of(EventType.DATASET_SUBMITTED.topic()));
            while (!runs.stream().allMatch(run -> of(group, run).size() == 1)) {
                for (ConsumerRecord<byte[], byte[]> record : worker.poll(Duration.ofMillis(500))) {
                    boolean doomed = runs.contains(WireRecords.fromKafka(record).key());
                    worker.acknowledge(record, doomed ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
                }
            }
        }
    }

    /** Those of one test: the groups of all of them see every data set. */
    private static List<DeadLetter> of(String group, String key) {
        return letters.list().stream()
                .filter(letter ->
                        letter.group().equals(group) && letter.event().key().equals(key))
                .toList();
    }

    /** Each look takes the broker's answer; the test's time limit ends the wait. */
    private static List<DeadLetter> await(String group, String key, int count) {
        List<DeadLetter> found = of(group, key);
        while (found.size() < count) {
            found = of(group, key);
        }
        return found;
    }
}
