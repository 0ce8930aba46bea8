package io.millrace.runtime.kafka;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.work.Job;
import io.millrace.runtime.work.Lease;
import io.millrace.runtime.work.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records as the events of a follower; what is none, and what is given up, goes to the dead letters of its group. */
final class FollowEvents implements GroupMember.Taking {
    private static final Logger LOG = LoggerFactory.getLogger(FollowEvents.class);

    private final Job<Event> job;
    private final DeadLetters deadLetters;
    private final RetryPolicy retries;

    FollowEvents(Job<Event> job, DeadLetters deadLetters, RetryPolicy retries) {
        this.job = job;
        this.deadLetters = deadLetters;
        this.retries = retries;
    }

    @Override
    public Optional<Duration> take(ConsumerRecord<byte[], byte[]> record, int failures) {
        Envelope<? extends Event> event;
        try {
            event = CloudEvents.decode(WireRecords.fromKafka(record));
        } catch (DecodingException e) {
            LOG.error("{} goes to the dead letters: {}", WireRecords.place(record), e.getMessage());
            return buried(record, e.getMessage(), failures);
        }
        Hold hold = new Hold(failures + 1);
        return switch (job.run(event, hold)) {
            case ACCEPT -> Optional.empty();
            case RELEASE -> Optional.of(hold.pause);
            case REJECT -> buried(record, hold.cause, failures);
        };
    }

    private Optional<Duration> buried(ConsumerRecord<byte[], byte[]> record, String cause, int failures) {
        try {
            deadLetters.send(record, cause);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("{} could not be written to the dead letters yet: {}", WireRecords.place(record), e.getMessage());
            return Optional.of(retries.pauseAfter(failures + 1));
        }
    }

    /** A hold on one record for one try: a pause ends it, because the thread must not wait with the other partitions. */
    private static final class Hold implements Lease {
        private final int delivery;
        private Duration pause = Duration.ZERO;
        private String cause = "";
        private boolean ended;

        Hold(int delivery) {
            this.delivery = delivery;
        }

        @Override
        public void pause(Duration length) {
            pause = length;
            ended = true;
        }

        @Override
        public boolean cancelled() {
            return ended;
        }

        @Override
        public int delivery() {
            return delivery;
        }

        @Override
        public void givenUp(Exception failure) {
            cause = failure.toString();
        }
    }
}
