package io.millrace.runtime.work;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Work;
import io.millrace.runtime.trace.TraceContext;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** Counts and times what a handler does. Its times carry the trace id as an exemplar, so that a slow one can be looked up. */
public final class MeteredHandler<E extends Event> implements EventHandler<E> {
    private static final double NANOS = 1e9;

    private final EventHandler<E> handler;
    private final EventMetrics metrics;
    private final String service;

    public MeteredHandler(EventHandler<E> handler, EventMetrics metrics, String service) {
        this.handler = handler;
        this.metrics = metrics;
        this.service = service;
    }

    @Override
    public List<Emission> handle(Envelope<E> input, Work work) throws Exception {
        String event = input.type().eventName();
        metrics.in.labelValues(service, event).inc();
        if (work.delivery() > 1) {
            metrics.redelivered.labelValues(service, event).inc();
        }
        metrics.inFlight.labelValues(service, event).inc();
        long start = System.nanoTime();
        try {
            List<Emission> emissions = handler.handle(input, work);
            for (Emission emission : emissions) {
                metrics.out
                        .labelValues(service, EventType.of(emission.event()).eventName())
                        .inc();
            }
            return emissions;
        } catch (Exception e) {
            metrics.failed.labelValues(service, event).inc();
            throw e;
        } finally {
            observe(metrics.seconds.labelValues(service, event), (System.nanoTime() - start) / NANOS, input);
            metrics.inFlight.labelValues(service, event).dec();
        }
    }

    private static void observe(DistributionDataPoint times, double seconds, Envelope<?> input) {
        input.traceparent()
                .flatMap(TraceContext::of)
                .ifPresentOrElse(
                        trace -> times.observeWithExemplar(seconds, Labels.of("trace_id", trace.traceId())),
                        () -> times.observe(seconds));
    }
}
