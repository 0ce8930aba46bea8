package io.millrace.scorer;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Subscription;
import io.millrace.scorer.core.NewestModels;
import io.millrace.scorer.core.Published;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the compacted topic of published models says, as long as this process lives. Every scorer hears of every model, so that
 * there is no group and no position.
 */
public final class PublishedModels implements AutoCloseable {
    private static final Set<EventType> TYPES = Set.of(EventType.MODEL_PUBLISHED);

    private final EventBus bus;
    private final NewestModels newest = new NewestModels();
    private final Subscription watch;

    private PublishedModels(EventBus bus) {
        this.bus = bus;
        this.watch = bus.watch(TYPES, this::add);
    }

    /** Knows all that was published when it returns. Watches before it reads, so that none falls between. */
    public static PublishedModels follow(EventBus bus) {
        PublishedModels models = new PublishedModels(bus);
        try {
            models.read();
            return models;
        } catch (RuntimeException e) {
            models.close();
            throw e;
        }
    }

    private void read() {
        bus.read(TYPES, this::add);
    }

    private void add(Envelope<? extends Event> envelope) {
        newest.add(
                new Published(envelope.id(), envelope.as(ModelPublished.class).event()));
    }

    /** The newest of a name, as far as it is known. */
    public Optional<Published> find(String name) {
        return newest.find(name);
    }

    /** The same; where none is known the topic is read again, because what was published a moment ago may still be on its way here. */
    Optional<Published> findNow(String name) {
        Optional<Published> known = newest.find(name);
        if (known.isEmpty()) {
            read();
        }
        return known.or(() -> newest.find(name));
    }

    /** The newest of each name, by name. */
    public List<Published> all() {
        return newest.all();
    }

    boolean ready() {
        return watch.ready();
    }

    @Override
    public void close() {
        watch.close();
    }
}
