package io.millrace.ensembler;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the ensembler measures beside the handling of events. */
final class EnsemblerMetrics {
    private final Histogram members;

    EnsemblerMetrics(PrometheusRegistry registry) {
        members = Histogram.builder()
                .name("millrace_ensembler_members")
                .help("Members per ensemble built")
                .classicUpperBounds(1, 2, 3, 5, 8, 13, 25)
                .register(registry);
    }

    void built(int count) {
        members.observe(count);
    }
}
