package io.millrace.runtime;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where events travel: Kafka, or memory in tests. Both pass {@code EventBusContract}. */
public interface EventBus extends AutoCloseable {
    /** Publishes in order and returns when the broker has all of them. Throws {@link EventHandlingException} (RETRYABLE) when it is away. */
    void publish(List<Envelope<? extends Event>> events);

    /**
     * Works off a queue: every event goes to one worker of the group, with a lease that is renewed while the handler
     * runs; unfinished work is given to another. More workers than partitions are fine.
     *
     * @param group share group, the same for all instances of a service
     * @param slots jobs at once in this process, each on its own thread
     */
    default <E extends Event> Subscription work(String group, Class<E> type, int slots, EventHandler<E> handler) {
        return work(group, type, slots, handler, FailureEvents.none());
    }

    /** The same, with events that are published for an input that is given up before it goes to the dead letters. */
    <E extends Event> Subscription work(
            String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure);

    /** Follows every event of the types, from the earliest; the position of the group is kept. One member per run at a time. */
    default Subscription follow(String group, Set<EventType> types, EventFollower follower) {
        return follow(group, types, follower, FailureEvents.none());
    }

    /** The same, with events that are published for an event that is given up before it goes to the dead letters. */
    Subscription follow(String group, Set<EventType> types, EventFollower follower, FailureEvents<Event> onFailure);

    /** Watches new events of the types from now on, without a group and without memory of a position. */
    Subscription watch(Set<EventType> types, EventFollower follower);

    /**
     * Shows every event of the types that is there now, from the earliest on, and returns; without a group and without memory
     * of a position. What cannot be decoded is passed over. Throws {@link EventHandlingException} (RETRYABLE) when the bus is away.
     */
    void read(Set<EventType> types, Consumer<Envelope<? extends Event>> reader);

    @Override
    void close();
}
