package io.millrace.intake;

import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.submission.SubmitDataset;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Intake's surroundings in memory, with a bus that can be away. */
final class Fixture {
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    final InMemoryBlobStore blobs = new InMemoryBlobStore();
    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final Outbox bus = new Outbox();
    final PrometheusRegistry metrics = new PrometheusRegistry();
    final Announcer announcer = new Announcer(bus, clock, metrics);
    final SubmitDataset submit;

    Fixture(Path scratch) {
        submit = new SubmitDataset(blobs, clock, scratch, Announcer.SOURCE);
    }

    List<Envelope<DatasetSubmitted>> submitted() {
        return bus.published.stream()
                .filter(e -> e.type() == EventType.DATASET_SUBMITTED)
                .map(e -> e.as(DatasetSubmitted.class))
                .toList();
    }

    List<DatasetRejected> rejected() {
        return bus.published.stream()
                .filter(e -> e.type() == EventType.DATASET_REJECTED)
                .map(e -> e.as(DatasetRejected.class).event())
                .toList();
    }

    String content(Envelope<DatasetSubmitted> envelope) {
        return new String(blobs.read(envelope.event().data()), StandardCharsets.UTF_8);
    }

    /** Keeps what is published; crashes before or after the broker has it, as told. */
    static final class Outbox implements EventBus {
        final List<Envelope<? extends Event>> published = Collections.synchronizedList(new ArrayList<>());
        boolean away;
        boolean crashAfter;

        @Override
        public void publish(List<Envelope<? extends Event>> events) {
            if (away) {
                throw new EventHandlingException(EventHandlingException.Kind.RETRYABLE, "Kafka is away", null);
            }
            published.addAll(events);
            if (crashAfter) {
                throw new Crash();
            }
        }

        @Override
        public <E extends Event> Subscription work(
                String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure) {
            throw new UnsupportedOperationException("intake works off no events");
        }

        @Override
        public Subscription follow(
                String group, Set<EventType> types, EventFollower follower, FailureEvents<Event> onFailure) {
            throw new UnsupportedOperationException("intake follows no events");
        }

        @Override
        public Subscription watch(Set<EventType> types, EventFollower follower) {
            throw new UnsupportedOperationException("intake watches no events");
        }

        @Override
        public void read(Set<EventType> types, Consumer<Envelope<? extends Event>> reader) {
            throw new UnsupportedOperationException("intake reads no events");
        }

        @Override
        public void close() {
            published.clear();
        }
    }

    /** The process ends here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
