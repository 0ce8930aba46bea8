package io.millrace.runtime.work;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** What is measured of events, by service and event type. Registered once per registry. */
public final class EventMetrics {
    private static final String[] LABELS = {"service", "event"};

    final Counter in;
    final Counter out;
    final Counter failed;
    final Histogram seconds;
    final Gauge inFlight;

    public EventMetrics(PrometheusRegistry registry) {
        in = Counter.builder()
                .name("millrace_events_in_total")
                .help("Events taken, redeliveries included")
                .labelNames(LABELS)
                .register(registry);
        out = Counter.builder()
                .name("millrace_events_out_total")
                .help("Events published")
                .labelNames(LABELS)
                .register(registry);
        failed = Counter.builder()
                .name("millrace_events_failed_total")
                .help("Tries that ended in an exception")
                .labelNames(LABELS)
                .register(registry);
        seconds = Histogram.builder()
                .name("millrace_handling_seconds")
                .help("Time from taking an event to its outcome")
                .unit(Unit.SECONDS)
                .classicUpperBounds(0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
                .labelNames(LABELS)
                .register(registry);
        inFlight = Gauge.builder()
                .name("millrace_handling_in_flight")
                .help("Events being handled now")
                .labelNames(LABELS)
                .register(registry);
    }
}
