package io.millrace.gateway;

import io.millrace.events.Event;
import io.millrace.gateway.http.Wakeups;
import io.millrace.gateway.store.Projections;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.prometheus.metrics.core.metrics.Counter;

/** Takes every event into the projections and wakes the streams that wait for one of its run. */
final class RecordEvent implements EventFollower {
    private final Projections projections;
    private final Wakeups wakeups;
    private final Counter recorded;

    RecordEvent(Projections projections, Wakeups wakeups, Counter recorded) {
        this.projections = projections;
        this.wakeups = wakeups;
        this.recorded = recorded;
    }

    @Override
    public void on(Envelope<? extends Event> event) {
        boolean first = projections.apply(event);
        recorded.labelValues(event.type().eventName(), first ? "recorded" : "duplicate")
                .inc();
        if (first) {
            wakeups.wake(event.runId());
        }
    }
}
