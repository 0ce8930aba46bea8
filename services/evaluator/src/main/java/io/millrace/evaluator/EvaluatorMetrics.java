package io.millrace.evaluator;

import io.millrace.events.Verdict;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What the evaluator measures beside the handling of events. */
final class EvaluatorMetrics {
    private final Counter verdicts;
    private final Counter unscorable;
    private final Counter published;

    EvaluatorMetrics(PrometheusRegistry registry) {
        verdicts = Counter.builder()
                .name("millrace_evaluator_verdicts_total")
                .help("Trials evaluated, by family and diagnosis")
                .labelNames("family", "verdict")
                .register(registry);
        unscorable = Counter.builder()
                .name("millrace_evaluator_unscorable_trials_total")
                .help("Trials whose predictions could not be scored")
                .register(registry);
        published = Counter.builder()
                .name("millrace_evaluator_models_published_total")
                .help("Models published")
                .register(registry);
    }

    void evaluated(String family, Verdict verdict) {
        verdicts.labelValues(family, verdict.name().toLowerCase(Locale.ROOT)).inc();
    }

    void unscorable() {
        unscorable.inc();
    }

    void published() {
        published.inc();
    }
}
