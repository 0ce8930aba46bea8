package io.millrace.trainer;

import io.millrace.modelling.network.NativeBackend;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the trainer counts, by family of models. */
final class TrainerMetrics {
    private final Counter trials;
    private final Histogram cpuSeconds;
    private final Histogram rows;

    TrainerMetrics(PrometheusRegistry registry) {
        trials = Measure.TRIALS.counter(registry);
        cpuSeconds = Measure.TRIAL_CPU.histogram(registry);
        rows = Measure.TRIAL_ROWS.histogram(registry);
        Measure.NATIVE_MEMORY.gauge(registry, gauge -> gauge.call((double) NativeBackend.bytes()));
    }

    /** A trial that ended with a result: {@code complete}, {@code paused}, {@code stopped} by its rule, or {@code cut_short} by the deadline. */
    void trained(String family, String outcome, double seconds, long predicted) {
        trials.labelValues(family, outcome).inc();
        cpuSeconds.labelValues(family).observe(seconds);
        rows.labelValues(family).observe((double) predicted);
    }

    void failed(String family) {
        trials.labelValues(family, "failed").inc();
    }
}
