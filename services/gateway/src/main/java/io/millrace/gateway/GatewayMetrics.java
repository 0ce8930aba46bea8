package io.millrace.gateway;

import io.millrace.events.EventType;
import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.store.Census;
import io.millrace.gateway.store.Recorded;
import io.millrace.runtime.metrics.Measure;
import io.millrace.runtime.metrics.Refreshed;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;

/** What the gateway measures: its own events, and the runs, which only it sees from end to end. */
final class GatewayMetrics {
    private static final double MILLIS = 1e3;
    private static final String RECORDED = "recorded";

    private final Counter events;
    private final Histogram stages;

    /** @param census asks the database; may block */
    GatewayMetrics(PrometheusRegistry registry, Supplier<Census> census) {
        events = Measure.EVENTS_RECORDED.counter(registry);
        for (EventType type : EventType.ofRuns()) {
            events.initLabelValues(type.eventName(), RECORDED); // an alert on a rise sees the first one too
        }
        stages = Measure.STAGE.histogram(registry);
        Refreshed<Census> runs = new Refreshed<>("runs", census);
        Measure.RUNS.gauge(registry, gauge -> runs.get().ifPresent(c -> {
            for (RunStatus status : RunStatus.values()) {
                gauge.call(c.runs().getOrDefault(status.wireName(), 0L), status.wireName());
            }
        }));
        Measure.QUIETEST_RUN.gauge(
                registry,
                gauge -> runs.get().flatMap(Census::quietest).ifPresent(at -> gauge.call(at.toEpochMilli() / MILLIS)));
        Measure.LAST_MODEL.gauge(
                registry,
                gauge -> runs.get().flatMap(Census::lastModel).ifPresent(at -> gauge.call(at.toEpochMilli() / MILLIS)));
    }

    void recorded(String event, Recorded outcome) {
        events.labelValues(event, outcome.first() ? RECORDED : "duplicate").inc();
        outcome.stages()
                .forEach((stage, length) -> stages.labelValues(stage.wireName()).observe(length.toMillis() / MILLIS));
    }
}
