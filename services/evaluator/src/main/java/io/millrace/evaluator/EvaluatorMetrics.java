package io.millrace.evaluator;

import io.millrace.dataset.Metric;
import io.millrace.events.Verdict;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What the evaluator measures beside the handling of events. */
final class EvaluatorMetrics {
    private final Counter verdicts;
    private final Counter unscorable;
    private final Counter published;
    private final Gauge score;

    EvaluatorMetrics(PrometheusRegistry registry) {
        verdicts = Measure.VERDICTS.counter(registry);
        unscorable = Measure.UNSCORABLE.counter(registry);
        published = Measure.MODELS_PUBLISHED.counter(registry);
        score = Measure.MODEL_SCORE.gauge(registry);
    }

    void evaluated(String family, Verdict verdict) {
        verdicts.labelValues(family, verdict.name().toLowerCase(Locale.ROOT)).inc();
    }

    void unscorable() {
        unscorable.inc();
    }

    void published(Metric metric, double value) {
        published.inc();
        score.labelValues(metric.wireName()).set(value);
    }
}
