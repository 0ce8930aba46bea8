package io.millrace.allinone;

import io.millrace.allinone.progress.ProgressDisplay;
import io.millrace.allinone.progress.RunProgress;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.Subscription;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows one run from its first event to its last, on the caller's thread. */
final class RunWatch implements AutoCloseable {
    private static final long REDRAW_MILLIS = 200;

    private final BlockingQueue<Envelope<? extends Event>> arrived = new LinkedBlockingQueue<>();
    private final Map<String, RecordedEvent> recorded = new LinkedHashMap<>();
    private final EventBus bus;
    private final String runId;
    private final Subscription subscription;
    private final Clock clock;

    /** Begins to collect the run's events, those of an earlier process included. */
    RunWatch(EventBus bus, String runId, Clock clock) {
        this.bus = bus;
        this.runId = runId;
        this.clock = clock;
        // In this order nothing falls between the two; what comes by both counts once.
        this.subscription = bus.watch(EventType.ofRuns(), this::arrive);
        readAll();
    }

    private void arrive(Envelope<? extends Event> event) {
        if (event.runId().equals(runId)) {
            arrived.add(event);
        }
    }

    private void readAll() {
        bus.read(EventType.ofRuns(), this::arrive);
    }

    /** Shows the run until it ends; returns its last event. */
    Event untilEnd(ProgressDisplay display) throws InterruptedException {
        RunProgress progress = new RunProgress();
        try {
            Optional<Event> outcome = progress.outcome();
            while (outcome.isEmpty()) {
                Envelope<? extends Event> event = arrived.poll(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
                if (event == null) {
                    display.onTick(progress, clock.instant());
                } else if (record(event)) {
                    progress.on(event.event());
                    display.onEvent(event.event(), progress, clock.instant());
                    outcome = progress.outcome();
                }
            }
            return outcome.get();
        } finally {
            display.end();
        }
    }

    /** Every event of the run that is there by now, once, in the order in which they were seen. */
    List<RecordedEvent> recorded() {
        // Topics do not wait for each other: some events of the others may not have come when the last one had.
        readAll();
        arrived.forEach(this::record);
        return List.copyOf(recorded.values());
    }

    /** Whether it is the first with its id: brokers and restarts repeat events. */
    private boolean record(Envelope<? extends Event> event) {
        return recorded.putIfAbsent(event.id(), RecordedEvent.of(event)) == null;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
