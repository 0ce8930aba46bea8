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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows one run from its first event to its last, on the caller's thread. */
final class RunWatch implements AutoCloseable {
    private static final long REDRAW_MILLIS = 200;

    private final BlockingQueue<Envelope<? extends Event>> arrived = new LinkedBlockingQueue<>();
    private final List<RecordedEvent> recorded = new ArrayList<>();
    private final Subscription subscription;
    private final Clock clock;

    /** Begins to collect the run's events, those of an earlier process included. */
    RunWatch(EventBus bus, String runId, Clock clock) {
        this.clock = clock;
        // A group of its own sees the run from its beginning, whoever watched it before.
        this.subscription = bus.follow("millrace-watch-" + UUID.randomUUID(), EnumSet.allOf(EventType.class), event -> {
            if (event.runId().equals(runId)) {
                arrived.add(event);
            }
        });
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
                } else {
                    recorded.add(RecordedEvent.of(event));
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

    /** What was seen of the run, up to its last event. */
    List<RecordedEvent> recorded() {
        return List.copyOf(recorded);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
