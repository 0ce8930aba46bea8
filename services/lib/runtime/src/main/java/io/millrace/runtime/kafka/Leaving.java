package io.millrace.runtime.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a member of a consumer group takes its leave. */
final class Leaving {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    private Leaving() {}

    /** Closes within a time, of zero not at all ({@link KafkaConfig#leave()}); what fails is only logged. */
    static void leave(Consumer<?, ?> consumer, Duration limit, String member) {
        if (limit.isZero()) {
            return;
        }
        try {
            consumer.close(CloseOptions.timeout(limit));
        } catch (KafkaException e) {
            LOG.warn("{} could not leave its group in order: {}", member, e.toString());
        }
    }
}
