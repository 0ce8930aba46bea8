package io.millrace.runtime.kafka;

import io.millrace.runtime.RawRecord;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.work.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands records to a handler as they are. One on which it throws comes again after longer and longer pauses, until it is taken. */
final class TakeRawRecords implements GroupMember.Taking {
    private static final Logger LOG = LoggerFactory.getLogger(TakeRawRecords.class);

    private final RawRecordSource.Handler handler;
    private final RetryPolicy retries;

    TakeRawRecords(RawRecordSource.Handler handler, RetryPolicy retries) {
        this.handler = handler;
        this.retries = retries;
    }

    @Override
    public Optional<Duration> take(ConsumerRecord<byte[], byte[]> record, int failures) {
        try {
            handler.on(raw(record));
            return Optional.empty();
        } catch (Exception | Error e) { // an Error would end the thread, and with it the taking
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("{} is tried again: {}", WireRecords.place(record), e.getMessage(), e);
            return Optional.of(retries.pauseAfter(failures + 1));
        }
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> next) {
        Map<String, byte[]> headers = new HashMap<>();
        next.headers().forEach(h -> headers.put(h.key(), orEmpty(h.value())));
        return new RawRecord(
                next.topic(),
                next.partition(),
                next.offset(),
                Instant.ofEpochMilli(next.timestamp()),
                orEmpty(next.key()),
                orEmpty(next.value()),
                headers);
    }

    private static byte[] orEmpty(byte[] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
