package io.millrace.planner;

import io.millrace.events.Event;
import io.millrace.planner.store.SearchStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Outage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what was decided. What a crash or an absent broker left behind goes out later; equal ids make twice harmless. */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /** Younger events are being published by the thread that decided them. */
    private static final double LEFT_BEHIND_SECONDS = 3;

    private final SearchStore store;
    private final EventBus bus;

    Outbox(SearchStore store, EventBus bus) {
        this.store = store;
        this.bus = bus;
    }

    /**
     * Publishes events of a committed decision. They are safe in the database, so a failure is only logged; one that is the
     * fault of an event holds up none of the others.
     */
    void publish(List<Envelope<? extends Event>> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            bus.publish(events);
            store.published(events);
        } catch (RuntimeException e) {
            if (events.size() > 1 && !Outage.in(e)) {
                events.forEach(event -> publish(List.of(event)));
            } else {
                LOG.warn(
                        "{} decided events, the first {} of run {}, could not be published yet and will be tried again: {}",
                        events.size(),
                        events.get(0).id(),
                        events.get(0).runId(),
                        e.toString());
            }
        }
    }

    /** Publishes what an earlier process left behind, whatever its age. */
    void publishEverything() {
        publish(store.unpublished(0));
    }

    /** Publishes what was left behind by now. */
    void publishLeftovers() {
        publish(store.unpublished(LEFT_BEHIND_SECONDS));
    }
}
