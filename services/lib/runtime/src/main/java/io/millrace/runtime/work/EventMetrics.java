package io.millrace.runtime.work;

import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is measured of events, by service and event type. Registered once per registry. */
public final class EventMetrics {
    final Counter in;
    final Counter out;
    final Counter failed;
    final Counter redelivered;
    final Histogram seconds;
    final Gauge inFlight;
    private final Gauge slots;
    private final Counter renewed;
    private final Counter lost;
    private final Counter deadLetters;

    public EventMetrics(PrometheusRegistry registry) {
        in = Measure.EVENTS_IN.counter(registry);
        out = Measure.EVENTS_OUT.counter(registry);
        failed = Measure.EVENTS_FAILED.counter(registry);
        redelivered = Measure.REDELIVERIES.counter(registry);
        seconds = Measure.HANDLING.histogram(registry);
        inFlight = Measure.IN_FLIGHT.gauge(registry);
        slots = Measure.SLOTS.gauge(registry);
        renewed = Measure.LEASE_RENEWALS.counter(registry);
        lost = Measure.LEASES_LOST.counter(registry);
        deadLetters = Measure.DEAD_LETTERS.counter(registry);
    }

    /** Shows a kind of work with all its counters at zero: an alert on a rise sees the first one too. */
    void expect(String service, String event, int atOnce) {
        for (Counter counter : new Counter[] {in, failed, redelivered, renewed, lost, deadLetters}) {
            counter.initLabelValues(service, event);
        }
        inFlight.initLabelValues(service, event);
        slots.labelValues(service, event).inc(atOnce);
    }

    /** The same for a type that is followed. */
    void expectFollowed(String service, String event) {
        for (Counter counter : new Counter[] {in, failed, deadLetters}) {
            counter.initLabelValues(service, event);
        }
    }

    /** What a worker tells of the records it holds. */
    public DeliveryCounts deliveries(String group, String event) {
        String service = Job.serviceOf(group);
        return new DeliveryCounts(
                renewed.labelValues(service, event),
                lost.labelValues(service, event),
                deadLetters.labelValues(service, event));
    }
}
