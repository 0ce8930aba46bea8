package io.millrace.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Sends records and waits until the brokers have them. */
final class Publisher implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;

    Publisher(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Sends in order; throws RETRYABLE when a record did not arrive, although others of the list may have. */
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw Brokers.unavailable("publishing", e.getCause());
        } catch (KafkaException | IllegalStateException e) {
            throw Brokers.unavailable("publishing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Brokers.unavailable("publishing", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
