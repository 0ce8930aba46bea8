package io.millrace.trainer;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the trainer counts, by family of models. */
final class TrainerMetrics {
    private final Counter trials;
    private final Counter cpuSeconds;
    private final Counter rows;

    TrainerMetrics(PrometheusRegistry registry) {
        trials = Counter.builder()
                .name("millrace_trainer_trials_total")
                .help("Trials that ended, by outcome: complete, cut_short or failed")
                .labelNames("family", "outcome")
                .register(registry);
        cpuSeconds = Counter.builder()
                .name("millrace_trainer_cpu_seconds_total")
                .help("Processor time of training")
                .labelNames("family")
                .register(registry);
        rows = Counter.builder()
                .name("millrace_trainer_predicted_rows_total")
                .help("Rows predicted out of fold")
                .labelNames("family")
                .register(registry);
    }

    void trained(String family, boolean complete, double seconds, long predicted) {
        trials.labelValues(family, complete ? "complete" : "cut_short").inc();
        cpuSeconds.labelValues(family).inc(seconds);
        rows.labelValues(family).inc(predicted);
    }

    void failed(String family) {
        trials.labelValues(family, "failed").inc();
    }
}
