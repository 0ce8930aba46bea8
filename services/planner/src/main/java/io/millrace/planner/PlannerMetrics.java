package io.millrace.planner;

import io.millrace.events.Event;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.metrics.Measure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What the planner measures. */
final class PlannerMetrics {
    private final Counter trials;
    private final Counter cures;
    private final Histogram decisions;

    PlannerMetrics(PrometheusRegistry registry, IntSupplier activeRuns) {
        this.trials = Measure.TRIALS_REQUESTED.counter(registry);
        this.cures = Measure.CURES.counter(registry);
        this.decisions = Measure.DECISION.histogram(registry);
        Measure.ACTIVE_RUNS.gauge(registry, gauge -> gauge.call(activeRuns.getAsInt()));
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
            if (e.event() instanceof InterventionAssessed assessed) {
                cures.labelValues(assessed.cause().cure(), assessed.helped() ? "helped" : "not")
                        .inc();
            }
        }
    }
}
