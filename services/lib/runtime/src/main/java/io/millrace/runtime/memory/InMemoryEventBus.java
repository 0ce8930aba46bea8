package io.millrace.runtime.memory;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.trace.Tracer;
import io.millrace.runtime.work.Job;
import io.millrace.runtime.work.RetryPolicy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A bus in memory: events go through the same codec and the same {@link Job} as on Kafka. */
public final class InMemoryEventBus implements EventBus {
    private final Clock clock;
    private final RetryPolicy retries;
    private final Transport transport;
    private final EventLog log = new EventLog();
    private final Map<String, WorkQueue> queues = new ConcurrentHashMap<>();
    private final Map<String, Position> positions = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public InMemoryEventBus(Clock clock, RetryPolicy retries) {
        this(clock, retries, Transport.PROMPT);
    }

    /** A bus whose events travel in their own way; what is {@link #append appended} does not. */
    public InMemoryEventBus(Clock clock, RetryPolicy retries, Transport transport) {
        this.clock = clock;
        this.retries = retries;
        this.transport = transport;
    }

    @Override
    public void publish(List<Envelope<? extends Event>> events) {
        List<WireEvent> encoded = new ArrayList<>();
        for (Envelope<? extends Event> event : events) {
            encoded.add(CloudEvents.encode(event));
        }
        transport.carry(encoded, log::append);
    }

    /** Appends a record as a foreign client might write it. */
    public void append(WireEvent record) {
        log.append(List.of(record));
    }

    @Override
    public <E extends Event> Subscription work(
            String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure) {
        EventType eventType = CloudEvents.typeOf(type);
        WorkQueue queue =
                queues.computeIfAbsent(group + "/" + eventType.topic(), key -> new WorkQueue(log, eventType.topic()));
        Job<E> job = new Job<>(group, type, handler, onFailure, retries, this::publish, clock, Tracer.OFF);
        return kept(new WorkSubscription(group + "-" + eventType.eventName(), log, queue, job, slots));
    }

    @Override
    public Subscription follow(
            String group, Set<EventType> types, EventFollower follower, FailureEvents<Event> onFailure) {
        Position position = positions.computeIfAbsent(group, key -> new Position(0));
        return kept(following(group, position, types, follower, onFailure));
    }

    @Override
    public Subscription watch(Set<EventType> types, EventFollower follower) {
        return kept(following("watch", new Position(log.end()), types, follower, FailureEvents.none()));
    }

    private Subscription following(
            String group,
            Position position,
            Set<EventType> types,
            EventFollower follower,
            FailureEvents<Event> onFailure) {
        Job<Event> job = Job.following(group, follower, onFailure, retries, this::publish, clock, Tracer.OFF);
        return new FollowSubscription(group, log, position, types, job);
    }

    private Subscription kept(Subscription subscription) {
        subscriptions.add(subscription);
        return subscription;
    }

    /** Records that a group gave up or could not read. */
    public List<WireEvent> deadLetters(String group) {
        List<WireEvent> dead = new ArrayList<>();
        queues.forEach((key, queue) -> {
            if (key.startsWith(group + "/")) {
                dead.addAll(queue.dead());
            }
        });
        Position position = positions.get(group);
        if (position != null) {
            dead.addAll(position.dead);
        }
        return dead;
    }

    /** Waits for a group to have this many dead letters; fails after ten seconds. */
    public List<WireEvent> awaitDeadLetters(String group, int count) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        synchronized (log) {
            while (deadLetters(group).size() < count) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException(
                            group + " has " + deadLetters(group).size() + " dead letters, not " + count);
                }
                try {
                    log.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting for dead letters", e);
                }
            }
        }
        return deadLetters(group);
    }

    /** Every event that has come into the log so far, in order. */
    public List<Envelope<? extends Event>> published() {
        List<Envelope<? extends Event>> events = new ArrayList<>();
        for (int i = 0; i < log.end(); i++) {
            events.add(CloudEvents.decode(log.at(i)));
        }
        return events;
    }

    @Override
    public void read(Set<EventType> types, Consumer<Envelope<? extends Event>> reader) {
        Set<String> topics = types.stream().map(EventType::topic).collect(Collectors.toSet());
        int end = log.end();
        for (int i = 0; i < end; i++) {
            if (topics.contains(log.at(i).topic())) {
                CloudEvents.ifDecodable(log.at(i)).ifPresent(reader);
            }
        }
    }

    @Override
    public void close() {
        Subscription.closeAll(subscriptions);
    }
}
