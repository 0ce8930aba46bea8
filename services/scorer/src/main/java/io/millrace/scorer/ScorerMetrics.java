package io.millrace.scorer;

import io.millrace.runtime.metrics.Measure;
import io.millrace.scorer.PredictFile.Way;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What the scorer measures beside the handling of events. */
public final class ScorerMetrics {
    private static final double NANOS = 1e9;

    private final Counter rows;
    private final Histogram predictions;
    private final Counter turnedAway;

    ScorerMetrics(PrometheusRegistry registry, OpenModels open) {
        rows = Measure.ROWS_PREDICTED.counter(registry);
        predictions = Measure.PREDICTION.histogram(registry);
        turnedAway = Measure.REQUESTS_TURNED_AWAY.counter(registry);
        Measure.MODELS_OPEN.gauge(registry, gauge -> gauge.call(open.count()));
        Measure.MODEL_MEMORY.gauge(registry, gauge -> gauge.call((double) open.memory()));
        for (Way way : Way.values()) {
            rows.initLabelValues(label(way));
            predictions.initLabelValues(label(way));
        }
    }

    void predicted(Way way, int count, long nanos) {
        rows.labelValues(label(way)).inc(count);
        predictions.labelValues(label(way)).observe(nanos / NANOS);
    }

    /** A request was not begun because as many as are allowed were under way. */
    public void turnedAway() {
        turnedAway.inc();
    }

    private static String label(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
