package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.RawRecord;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.work.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupMemberTest {
    private static final String TOPIC = "dropped";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final TopicPartition OTHER = new TopicPartition(TOPIC, 1);
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final BlockingQueue<RawRecord> taken = new LinkedBlockingQueue<>();

    @BeforeEach
    void twoRecordsWait() {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION, OTHER));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, OTHER, 0L));
            add();
        });
    }

    private void add() {
        ConsumerRecord<byte[], byte[]> first = new ConsumerRecord<>(TOPIC, 0, 0, null, new byte[] {'v'});
        first.headers().add("form", new byte[] {'b'}).add("empty", null);
        consumer.addRecord(first);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, new byte[] {'k'}, null));
    }

    private GroupMember member(Duration pause, RawRecordSource.Handler handler) {
        return new GroupMember(
                TOPIC, consumer, List.of(TOPIC), new TakeRawRecords(handler, new RetryPolicy(1, pause, pause)), LEAVE);
    }

    @Test
    void recordsAreHandedOverInOrderAndCommittedOneByOne() throws Exception {
        consumer.setMaxPollRecords(1);
        BlockingQueue<Long> committedBefore = new LinkedBlockingQueue<>();
        try (GroupMember member = member(SHORT, record -> {
            committedBefore.add(committed());
            taken.add(record);
        })) {
            RawRecord first = next();
            RawRecord second = next();

            assertThat(first.header("form")).contains("b");
            assertThat(first.header("empty")).contains("");
            assertThat(first.keyText()).isEmpty();
            assertThat(second.keyText()).isEqualTo("k");
            assertThat(second.value()).isEmpty();
            assertThat(committedBefore).containsExactly(0L, 1L);
            assertThat(member.ready()).isTrue();
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aRecordWhoseHandlerThrowsComesAgainBeforeTheNextOne() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        GroupMember member = member(SHORT, record -> {
            taken.add(record);
            if (calls.incrementAndGet() == 1) {
                // The mock forgets what it has handed out; it hands this out again only after a seek to 0.
                consumer.schedulePollTask(this::add);
                throw new IllegalStateException("the store is away");
            }
        });
        long[] offsets = {next().offset(), next().offset(), next().offset()};
        member.close();

        assertThat(offsets).containsExactly(0, 0, 1);
        assertThat(member.ready()).isFalse();
    }

    @Test
    void aRecordOnWhichTheHandlerBreaksComesAgainToo() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (GroupMember member = member(SHORT, record -> {
            taken.add(record);
            if (calls.incrementAndGet() == 1) {
                consumer.schedulePollTask(this::add);
                throw new OutOfMemoryError("Java heap space");
            }
        })) {
            assertThat(List.of(next().offset(), next().offset(), next().offset()))
                    .containsExactly(0L, 0L, 1L);
            assertThat(member.ready()).isTrue();
        }
    }

    @Test
    void onlyThePartitionOfARecordThatIsNotTakenWaits() throws Exception {
        try (GroupMember member = member(Duration.ofHours(1), record -> {
            taken.add(record);
            if (record.partition() == 0) {
                consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, 0, null, null)));
                throw new IllegalStateException("the store is away");
            }
        })) {
            assertThat(next().partition()).isZero();
            assertThat(next().partition()).isEqualTo(1);
            assertThat(consumer.paused()).containsExactly(PARTITION);
            assertThat(committed()).isZero();
            assertThat(member.ready()).isTrue();
        }
    }

    @Test
    void whateverTheBrokersAnswerItGoesOn() throws Exception {
        consumer.setMaxPollRecords(1);
        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("not allowed")));
        try (GroupMember member = member(SHORT, taken::add)) {
            // The exception comes with the second poll, when one record has been handed out.
            assertThat(next().offset()).isZero();
            assertThat(next().offset()).isEqualTo(1);
            assertThat(member.ready()).isTrue();
        }
    }

    private RawRecord next() throws InterruptedException {
        RawRecord next = taken.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private long committed() {
        OffsetAndMetadata committed = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return committed == null ? 0 : committed.offset();
    }
}
