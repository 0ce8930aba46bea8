package io.millrace.runtime.work;

import io.millrace.events.Event;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Envelopes;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Outage;
import io.millrace.runtime.trace.Handling;
import io.millrace.runtime.trace.Tracer;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of work of a group: hands an event to the handler, publishes what it returns, and only then says what becomes
 * of the record. Both buses run their records through it, those that are worked on and those that are followed.
 *
 * @param <E> event that the group works on
 */
public final class Job<E extends Event> {
    /** Deliveries after which a broker buries a record by itself: the most that one allows unless it is told otherwise. */
    public static final int MOST_DELIVERIES = 10;
    /** One in reserve for a worker that dies before it has put the event back. */
    private static final int LAST_DELIVERY = MOST_DELIVERIES - 1;

    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    private final String group;
    private final Class<E> type;
    private final EventHandler<E> handler;
    private final FailureEvents<E> onFailure;
    private final RetryPolicy retries;
    private final Consumer<List<Envelope<? extends Event>>> publish;
    private final Clock clock;
    private final Tracer tracer;
    private final int lastDelivery;

    public Job(
            String group,
            Class<E> type,
            EventHandler<E> handler,
            FailureEvents<E> onFailure,
            RetryPolicy retries,
            Consumer<List<Envelope<? extends Event>>> publish,
            Clock clock,
            Tracer tracer) {
        this(group, type, handler, onFailure, retries, publish, clock, tracer, LAST_DELIVERY);
    }

    private Job(
            String group,
            Class<E> type,
            EventHandler<E> handler,
            FailureEvents<E> onFailure,
            RetryPolicy retries,
            Consumer<List<Envelope<? extends Event>>> publish,
            Clock clock,
            Tracer tracer,
            int lastDelivery) {
        this.group = group;
        this.type = type;
        this.handler = handler;
        this.onFailure = onFailure;
        this.retries = retries;
        this.publish = publish;
        this.clock = clock;
        this.tracer = tracer;
        this.lastDelivery = lastDelivery;
    }

    /** What a follower does with events of any type. No broker counts their deliveries, so that none is put back as new. */
    public static Job<Event> following(
            String group,
            EventFollower follower,
            FailureEvents<Event> onFailure,
            RetryPolicy retries,
            Consumer<List<Envelope<? extends Event>>> publish,
            Clock clock,
            Tracer tracer) {
        EventHandler<Event> handler = (input, work) -> {
            follower.on(input);
            return List.of();
        };
        return new Job<>(group, Event.class, handler, onFailure, retries, publish, clock, tracer, Integer.MAX_VALUE);
    }

    /** Name of the service behind a group: {@code millrace-trainer} is {@code trainer}. */
    public static String serviceOf(String group) {
        return group.startsWith("millrace-") ? group.substring("millrace-".length()) : group;
    }

    /** Takes one delivery through to the end. Never throws: whatever happens has a disposition. */
    public Disposition run(Envelope<? extends Event> delivered, Lease lease) {
        try (Handling handling = Handling.begin(tracer, group, delivered)) {
            return run(handling, lease);
        }
    }

    private Disposition run(Handling handling, Lease lease) {
        Envelope<E> input = handling.event().as(type);
        try {
            if (lease.delivery() >= lastDelivery) {
                return again(input);
            }
            publishCaused(input, handler.handle(input, lease));
            return Disposition.ACCEPT;
        } catch (Exception e) {
            handling.failed(e);
            return afterFailure(input, lease, e);
        }
    }

    /**
     * Puts an event back under its id, as a record that was never delivered. A delivery is no try: one that a closing
     * worker gave back, or that waited for a store, says nothing of the event, and the broker counts it all the same.
     */
    private Disposition again(Envelope<E> input) {
        LOG.info("{} puts {} {} back as new", group, input.type().eventName(), input.subject());
        publish.accept(List.of(input));
        return Disposition.ACCEPT;
    }

    /** Tells of an input that the broker gave up by itself; throws what keeps it from being told. */
    public void buried(Envelope<? extends Event> delivered, String cause) {
        Envelope<E> input = delivered.as(type);
        tell(input, new EventHandlingException(Kind.POISON, cause, null));
    }

    private Disposition afterFailure(Envelope<E> input, Lease lease, Exception failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (lease.cancelled()) {
            LOG.info("{} gives {} {} back unfinished", group, input.type().eventName(), input.subject());
            return Disposition.RELEASE;
        }
        if (failure instanceof LastTryFailedException last) {
            return giveUp(input, lease, last.failure());
        }
        if (failure instanceof StandingOutcomeException
                || (failure instanceof EventHandlingException e && e.kind() == Kind.POISON)) {
            return giveUp(input, lease, failure);
        }
        LOG.warn(
                "{} failed on {} {} of run {}, delivery {}: {}",
                group,
                input.type().eventName(),
                input.subject(),
                input.runId(),
                lease.delivery(),
                failure.toString(),
                failure);
        lease.pause(retries.pauseAfter(lease.delivery()));
        return Disposition.RELEASE;
    }

    /** Tells of the failure for as long as that takes: a record that is rejected in silence would leave its run hanging. */
    private Disposition giveUp(Envelope<E> input, Lease lease, Exception failure) {
        LOG.error(
                "{} gives up {} {} of run {}; it goes to the dead letters",
                group,
                input.type().eventName(),
                input.subject(),
                input.runId(),
                failure);
        lease.givenUp(failure);
        for (int attempt = 1; !lease.cancelled(); attempt++) {
            try {
                return tell(input, failure);
            } catch (RuntimeException e) {
                if (!Outage.in(e)) {
                    LOG.error("{} cannot tell of the failure", group, e);
                    return Disposition.REJECT;
                }
                LOG.warn("{} cannot tell of the failure yet: {}", group, e.getMessage());
                lease.pause(retries.pauseAfter(attempt));
            }
        }
        return Disposition.RELEASE;
    }

    /** A job that another worker brought to a result meanwhile is no dead letter. */
    private Disposition tell(Envelope<E> input, Exception failure) {
        Outcome outcome = outcomeOf(input, failure);
        publishCaused(input, outcome.emissions());
        if (!outcome.givenUp()) {
            LOG.info("{} {} has a result; it is no dead letter", input.type().eventName(), input.subject());
        }
        return outcome.givenUp() ? Disposition.REJECT : Disposition.ACCEPT;
    }

    private Outcome outcomeOf(Envelope<E> input, Exception failure) {
        if (failure instanceof StandingOutcomeException standing) {
            return standing.outcome();
        }
        try {
            return Outcome.failure(onFailure.of(input, failure));
        } catch (StandingOutcomeException e) {
            return e.outcome();
        }
    }

    private void publishCaused(Envelope<E> input, List<Emission> emissions) {
        if (emissions.isEmpty()) {
            return;
        }
        try {
            publish.accept(Envelopes.causedBy(input, "/millrace/" + serviceOf(group), clock.instant(), emissions));
        } catch (IllegalArgumentException e) {
            // It is no event of ours, over the limit for instance, and will be none in the next try.
            throw new EventHandlingException(Kind.POISON, "the outcome cannot be published: " + e.getMessage(), e);
        }
    }
}
