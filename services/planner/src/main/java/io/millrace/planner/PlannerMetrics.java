package io.millrace.planner;

import io.millrace.events.Event;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Envelope;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the planner measures. */
final class PlannerMetrics {
    private final Counter trials;
    private final Histogram decisions;

    PlannerMetrics(PrometheusRegistry registry, IntSupplier activeRuns) {
        this.trials = Counter.builder()
                .name("millrace_planner_trials_requested_total")
                .help("Trials requested, promotions included")
                .labelNames("family", "rung")
                .register(registry);
        this.decisions = Histogram.builder()
                .name("millrace_planner_decision_seconds")
                .help("Time of a decision with its transaction")
                .register(registry);
        GaugeWithCallback.builder()
                .name("millrace_planner_runs_active")
                .help("Runs with a budget that this planner watches the clock for")
                .callback(gauge -> gauge.call(activeRuns.getAsInt()))
                .register(registry);
    }

    <T> T timed(Supplier<T> decision) {
        return decisions.time(decision);
    }

    void count(List<Envelope<? extends Event>> published) {
        for (Envelope<? extends Event> e : published) {
            if (e.event() instanceof TrialRequested request) {
                trials.labelValues(request.configuration().family(), String.valueOf(request.rung()))
                        .inc();
            }
        }
    }
}
