package io.millrace.runtime.memory;

import io.millrace.runtime.codec.WireEvent;
import java.util.List;
import java.util.function.Consumer;

/** How records come from those who publish them into the log of an {@link InMemoryEventBus}. A test may have them late, twice or in disorder. */
@FunctionalInterface
public interface Transport {
    /** At once, once, and in order. */
    Transport PROMPT = (published, log) -> log.accept(published);

    /**
     * Takes records over from a publisher, who goes on when this returns.
     *
     * @param published in the order in which they were published
     * @param log appends records, at once or later, on any thread
     */
    void carry(List<WireEvent> published, Consumer<List<WireEvent>> log);
}
