package io.millrace.ensembler;

import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the ensembler measures beside the handling of events. */
final class EnsemblerMetrics {
    private final Histogram members;

    EnsemblerMetrics(PrometheusRegistry registry) {
        members = Measure.ENSEMBLE_MEMBERS.histogram(registry);
    }

    void built(int count) {
        members.observe(count);
    }
}
