package io.millrace.runtime.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every metric of the services with its name, help and labels; dashboards, alerts and tests know them from here. Names and
 * units are those of Prometheus' conventions. A label takes few values: what grows with the runs (run, trial, data set)
 * is in PostgreSQL and in the exemplars' trace ids, never in a label.
 */
public enum Measure {
    EVENTS_IN(Kind.COUNTER, "millrace_events_in_total", "Events taken, redeliveries included", "service", "event"),
    EVENTS_OUT(Kind.COUNTER, "millrace_events_out_total", "Events published", "service", "event"),
    EVENTS_FAILED(Kind.COUNTER, "millrace_events_failed_total", "Tries that ended in an exception", "service", "event"),
    REDELIVERIES(
            Kind.COUNTER,
            "millrace_redeliveries_total",
            "Events taken that had been delivered before",
            "service",
            "event"),
    LEASE_RENEWALS(
            Kind.COUNTER, "millrace_lease_renewals_total", "Leases renewed while work went on", "service", "event"),
    LEASES_LOST(Kind.COUNTER, "millrace_leases_lost_total", "Leases that could not be renewed", "service", "event"),
    DEAD_LETTERS(
            Kind.COUNTER,
            "millrace_dead_letters_total",
            "Records given up and moved to the dead letters",
            "service",
            "event"),
    HANDLING(Kind.SECONDS, "millrace_handling_seconds", "Time from taking an event to its outcome", "service", "event"),
    IN_FLIGHT(Kind.GAUGE, "millrace_handling_in_flight", "Events being handled now", "service", "event"),
    SLOTS(Kind.GAUGE, "millrace_slots", "Events that this process can handle at once", "service", "event"),
    QUEUE_LAG(
            Kind.GAUGE,
            "millrace_queue_lag_events",
            "Events that wait for a service or are being handled by it, in the whole cluster",
            "service",
            "event"),

    DATASETS(
            Kind.COUNTER,
            "millrace_intake_datasets_total",
            "Data sets dropped, by way in and outcome",
            "way",
            "outcome"),

    ACTIVE_RUNS(
            Kind.GAUGE, "millrace_planner_runs_active", "Runs with a budget that this planner watches the clock for"),
    TRIALS_REQUESTED(
            Kind.COUNTER,
            "millrace_planner_trials_requested_total",
            "Trials requested, promotions included",
            "family",
            "rung"),
    CURES(
            Kind.COUNTER,
            "millrace_planner_cures_total",
            "Cures tried, by whether the error fell: helped or not",
            "cure",
            "outcome"),
    DECISION(Kind.SECONDS, "millrace_planner_decision_seconds", "Time of a decision with its transaction"),

    RANGE_TESTS(
            Kind.COUNTER,
            "millrace_range_tester_tests_total",
            "Range tests that ended, by outcome: found or usual_rate",
            "outcome"),
    RANGE_TEST_CPU(Kind.SECONDS, "millrace_range_tester_test_cpu_seconds", "Processor time of a range test"),

    TRIALS(
            Kind.COUNTER,
            "millrace_trainer_trials_total",
            "Trials that ended, by outcome: complete, paused, stopped, cut_short or failed",
            "family",
            "outcome"),
    TRIAL_CPU(Kind.SECONDS, "millrace_trainer_trial_cpu_seconds", "Processor time of training a trial", "family"),
    TRIAL_ROWS(Kind.ROWS, "millrace_trainer_trial_rows", "Rows that a trial predicted out of fold", "family"),
    NATIVE_MEMORY(
            Kind.GAUGE, "millrace_native_memory_bytes", "Memory outside the heap that networks hold in this process"),

    VERDICTS(
            Kind.COUNTER,
            "millrace_evaluator_verdicts_total",
            "Trials evaluated, by family and diagnosis",
            "family",
            "verdict"),
    UNSCORABLE(
            Kind.COUNTER, "millrace_evaluator_unscorable_trials_total", "Trials whose predictions could not be scored"),
    MODELS_PUBLISHED(Kind.COUNTER, "millrace_evaluator_models_published_total", "Models published"),
    MODEL_SCORE(
            Kind.GAUGE,
            "millrace_evaluator_model_score",
            "Score of the model that this evaluator published last, by metric",
            "metric"),

    ENSEMBLE_MEMBERS(Kind.COUNTS, "millrace_ensembler_members", "Members per ensemble built"),

    ROWS_PREDICTED(Kind.COUNTER, "millrace_scorer_rows_total", "Rows predicted, by way in: http or event", "way"),
    PREDICTION(
            Kind.SECONDS,
            "millrace_scorer_prediction_seconds",
            "Time from a request's rows to their predictions, by way in",
            "way"),
    REQUESTS_TURNED_AWAY(
            Kind.COUNTER,
            "millrace_scorer_turned_away_total",
            "Requests that were not begun because as many as are allowed were under way"),
    MODELS_OPEN(Kind.GAUGE, "millrace_scorer_models_open", "Models that are verified and kept ready"),
    MODEL_MEMORY(
            Kind.GAUGE,
            "millrace_scorer_model_memory_bytes",
            "Memory that the models which are kept ready take once all of each is read, as estimated"),

    EVENTS_RECORDED(
            Kind.COUNTER,
            "millrace_gateway_events_total",
            "Events taken by the gateway, by whether they were new",
            "event",
            "outcome"),
    RUNS(Kind.GAUGE, "millrace_runs", "Runs in the database, by status", "status"),
    QUIETEST_RUN(
            Kind.GAUGE,
            "millrace_quietest_run_timestamp_seconds",
            "Last event of the run under way that has been silent for longest"),
    LAST_MODEL(Kind.GAUGE, "millrace_last_model_timestamp_seconds", "When the latest model was published"),
    STAGE(
            Kind.SECONDS,
            "millrace_run_stage_seconds",
            "Time that a run spent in a stage: profile, search, ensemble or publish",
            "stage");

    private static final double[] SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800};
    private static final double[] COUNTS = {1, 2, 3, 5, 8, 13, 25};
    private static final double[] ROWS = {1e2, 1e3, 1e4, 1e5, 1e6, 1e7};

    /** What kind of number it is. The last three are histograms, native and classic. */
    public enum Kind {
        COUNTER,
        GAUGE,
        SECONDS,
        COUNTS,
        ROWS
    }

    private final Kind kind;
    private final String metric;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Measure(Kind kind, String metric, String help, String... labels) {
        this.kind = kind;
        this.metric = metric;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** Kind of number. */
    public Kind kind() {
        return kind;
    }

    /** Name on the wire. */
    public String metric() {
        return metric;
    }

    /** Names of the labels. */
    public List<String> labels() {
        return labels;
    }

    /** Registers it; once per registry. */
    public Counter counter(PrometheusRegistry registry) {
        require(kind == Kind.COUNTER);
        return Counter.builder().name(metric).help(help).labelNames(names()).register(registry);
    }

    /** Registers it; once per registry. */
    public Gauge gauge(PrometheusRegistry registry) {
        require(kind == Kind.GAUGE);
        return Gauge.builder().name(metric).help(help).labelNames(names()).register(registry);
    }

    /** Registers it as one that is asked at every scrape; the callback must not block. */
    public void gauge(PrometheusRegistry registry, Consumer<GaugeWithCallback.Callback> callback) {
        require(kind == Kind.GAUGE);
        GaugeWithCallback.builder()
                .name(metric)
                .help(help)
                .labelNames(names())
                .callback(callback)
                .register(registry);
    }

    /** Registers it; once per registry. */
    public Histogram histogram(PrometheusRegistry registry) {
        double[] bounds =
                switch (kind) {
                    case SECONDS -> SECONDS;
                    case COUNTS -> COUNTS;
                    case ROWS -> ROWS;
                    case COUNTER, GAUGE -> throw new IllegalStateException(metric + " is no histogram");
                };
        return Histogram.builder()
                .name(metric)
                .help(help)
                .classicUpperBounds(bounds)
                .labelNames(names())
                .register(registry);
    }

    private String[] names() {
        return labels.toArray(String[]::new);
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException(metric + " is a " + kind);
        }
    }
}
