package io.millrace.runtime.kafka;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;

/** Waits for answers of the brokers. */
final class Brokers {
    private Brokers() {}

    /** The answer; throws RETRYABLE when there is none and the ApiException when it is a refusal that asks for thought. */
    static <T> T answer(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refusal) {
                throw refusal;
            }
            throw unavailable(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(what, e);
        }
    }

    static EventHandlingException unavailable(String what, Throwable cause) {
        return new EventHandlingException(
                Kind.RETRYABLE, what + " failed; is Kafka up and reachable? " + cause.getMessage(), cause);
    }
}
