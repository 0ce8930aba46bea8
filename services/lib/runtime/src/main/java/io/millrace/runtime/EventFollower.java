package io.millrace.runtime;

import io.millrace.events.Event;

/** Takes every event of some types, those of one run and one type in their order; at least once, so it deduplicates by id. */
@FunctionalInterface
public interface EventFollower {
    /**
     * Takes one event. When it throws, the event comes again: until it is taken where that is an {@link Outage}, otherwise
     * as often as a worker would try it, and then it is a dead letter.
     */
    void on(Envelope<? extends Event> event) throws Exception;
}
