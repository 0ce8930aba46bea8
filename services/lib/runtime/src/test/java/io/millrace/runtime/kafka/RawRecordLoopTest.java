package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.RawRecord;
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
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawRecordLoopTest {
    private static final String TOPIC = "dropped";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final BlockingQueue<RawRecord> taken = new LinkedBlockingQueue<>();

    @BeforeEach
    void twoRecordsWait() {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            add();
        });
    }

    private void add() {
        ConsumerRecord<byte[], byte[]> first = new ConsumerRecord<>(TOPIC, 0, 0, null, new byte[] {'v'});
        first.headers().add("form", new byte[] {'b'}).add("empty", null);
        consumer.addRecord(first);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, new byte[] {'k'}, null));
    }

    @Test
    void recordsAreHandedOverInOrderAndCommittedOneByOne() throws Exception {
        BlockingQueue<Long> committedBefore = new LinkedBlockingQueue<>();
        try (RawRecordLoop loop = new RawRecordLoop(
                        consumer,
                        TOPIC,
                        r -> {
                            committedBefore.add(committed());
                            taken.add(r);
                        },
                        Duration.ofSeconds(5))
                .started()) {
            RawRecord first = taken.poll(10, TimeUnit.SECONDS);
            RawRecord second = taken.poll(10, TimeUnit.SECONDS);

            assertThat(first.header("form")).contains("b");
            assertThat(first.header("empty")).contains("");
            assertThat(first.keyText()).isEmpty();
            assertThat(second.keyText()).isEqualTo("k");
            assertThat(second.value()).isEmpty();
            assertThat(committedBefore).containsExactly(0L, 1L);
            assertThat(loop.ready()).isTrue();
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aRecordWhoseHandlerThrowsComesAgainBeforeTheNextOne() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RawRecordLoop loop = new RawRecordLoop(
                        consumer,
                        TOPIC,
                        r -> {
                            taken.add(r);
                            if (calls.incrementAndGet() == 1) {
                                // The mock forgets what it has handed out; it hands this out again only after a seek to
                                // 0.
                                consumer.schedulePollTask(this::add);
                                throw new IllegalStateException("the store is away");
                            }
                        },
                        Duration.ofSeconds(5))
                .started();
        long[] offsets = new long[3];
        for (int i = 0; i < 3; i++) {
            offsets[i] = taken.poll(10, TimeUnit.SECONDS).offset();
        }
        loop.close();

        assertThat(offsets).containsExactly(0, 0, 1);
        assertThat(loop.ready()).isFalse();
    }

    private long committed() {
        OffsetAndMetadata committed = consumer.committed(Set.of(PARTITION)).get(PARTITION);
        return committed == null ? 0 : committed.offset();
    }
}
