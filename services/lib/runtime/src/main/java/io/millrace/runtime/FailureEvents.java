package io.millrace.runtime;

import io.millrace.events.Event;
import java.util.List;

/**
 * Says what to publish when an event is given up, so that the run it belongs to does not wait for ever. Called once no
 * further try will be made; the record then goes to the dead letters.
 */
@FunctionalInterface
public interface FailureEvents<E extends Event> {
    /** Events that tell the failure, such as a {@code trial.failed}; none is allowed. */
    List<Emission> of(Envelope<E> input, Exception failure);

    /** Tells nobody. */
    static <E extends Event> FailureEvents<E> none() {
        return (input, failure) -> List.of();
    }
}
