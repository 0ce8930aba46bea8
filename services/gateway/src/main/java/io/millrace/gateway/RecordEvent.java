package io.millrace.gateway;

import io.millrace.events.Event;
import io.millrace.gateway.http.Wakeups;
import io.millrace.gateway.store.Projections;
import io.millrace.gateway.store.Recorded;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;

/** Takes every event into the projections and wakes the streams that wait for one of its run. */
final class RecordEvent implements EventFollower {
    private final Projections projections;
    private final Wakeups wakeups;
    private final GatewayMetrics metrics;

    RecordEvent(Projections projections, Wakeups wakeups, GatewayMetrics metrics) {
        this.projections = projections;
        this.wakeups = wakeups;
        this.metrics = metrics;
    }

    @Override
    public void on(Envelope<? extends Event> event) {
        Recorded outcome = projections.apply(event);
        metrics.recorded(event.type().eventName(), outcome);
        if (outcome.first()) {
            wakeups.wake(event.runId());
        }
    }
}
