package io.millrace.rangetester;

import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the range-tester measures beside the handling of events. */
final class RangeTesterMetrics {
    private final Counter tests;
    private final Histogram cpuSeconds;

    RangeTesterMetrics(PrometheusRegistry registry) {
        tests = Measure.RANGE_TESTS.counter(registry);
        cpuSeconds = Measure.RANGE_TEST_CPU.histogram(registry);
    }

    void found(double seconds) {
        tests.labelValues("found").inc();
        cpuSeconds.observe(seconds);
    }

    void usualRate() {
        tests.labelValues("usual_rate").inc();
    }
}
