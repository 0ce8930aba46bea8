package io.millrace.runtime.work;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A bus whose handlers are fenced ({@link RecordedHandler}) and measured ({@link MeteredHandler}); services get this one. */
public final class GuardedEventBus implements EventBus {
    private final EventBus bus;
    private final BlobStore blobs;
    private final EventMetrics metrics;
    private final RetryPolicy retries;

    public GuardedEventBus(EventBus bus, BlobStore blobs, EventMetrics metrics, RetryPolicy retries) {
        this.bus = bus;
        this.blobs = blobs;
        this.metrics = metrics;
        this.retries = retries;
    }

    @Override
    public <E extends Event> Subscription work(
            String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure) {
        metrics.expect(Job.serviceOf(group), CloudEvents.typeOf(type).eventName(), slots);
        RecordedHandler<E> recorded = new RecordedHandler<>(handler, blobs, group, retries.attempts());
        return bus.work(
                group,
                type,
                slots,
                new MeteredHandler<>(recorded, metrics, Job.serviceOf(group)),
                recorded.recorded(onFailure));
    }

    @Override
    public Subscription follow(
            String group, Set<EventType> types, EventFollower follower, FailureEvents<Event> onFailure) {
        String service = Job.serviceOf(group);
        types.forEach(type -> metrics.expectFollowed(service, type.eventName()));
        return bus.follow(group, types, new CountedFollower(follower, metrics, service, retries.attempts()), onFailure);
    }

    @Override
    public void publish(List<Envelope<? extends Event>> events) {
        bus.publish(events);
        for (Envelope<? extends Event> event : events) {
            String service = event.source().substring(event.source().lastIndexOf('/') + 1);
            metrics.out.labelValues(service, event.type().eventName()).inc();
        }
    }

    @Override
    public Subscription watch(Set<EventType> types, EventFollower follower) {
        return bus.watch(types, follower);
    }

    @Override
    public void read(Set<EventType> types, Consumer<Envelope<? extends Event>> reader) {
        bus.read(types, reader);
    }

    @Override
    public void close() {
        bus.close();
    }
}
