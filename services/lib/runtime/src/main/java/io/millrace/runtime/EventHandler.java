package io.millrace.runtime;

import io.millrace.events.Event;
import java.util.List;

/**
 * What a worker does with one event: load references, call the core, store blobs, return events. The runtime publishes
 * them, and only then acknowledges the input. A handler may run twice for one event and at two places at once.
 */
@FunctionalInterface
public interface EventHandler<E extends Event> {
    /**
     * Handles one event.
     *
     * @throws EventHandlingException with the kind of failure; any other exception counts as {@code BUG}
     */
    List<Emission> handle(Envelope<E> input, Work work) throws Exception;
}
