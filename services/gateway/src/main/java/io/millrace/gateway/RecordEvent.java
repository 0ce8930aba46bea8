package io.millrace.gateway;

import io.millrace.events.Event;
import io.millrace.gateway.http.Wakeups;
import io.millrace.gateway.store.Projections;
import io.millrace.gateway.store.Recorded;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.FailureEvents;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every event into the projections and wakes the streams that wait for one of its run. One that is given up is missing until
 * it is put back, which the run says; the flow goes on without the gateway, so that there is nothing to publish.
 */
final class RecordEvent implements EventFollower, FailureEvents<Event> {
    private static final Logger LOG = LoggerFactory.getLogger(RecordEvent.class);

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

    @Override
    public List<Emission> of(Envelope<Event> event, Exception failure) {
        LOG.error(
                "run {} is shown without {} {}: mend the cause, then 'millrace dlq list' names its letter and"
                        + " 'millrace dlq redrive' puts it back",
                event.runId(),
                event.type().eventName(),
                event.subject());
        projections.miss(event);
        return List.of();
    }
}
