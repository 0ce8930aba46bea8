package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.LearningRateFound;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunSettings;
import io.millrace.events.Score;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Suggestions;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Events as the other stations would send them. */
public final class Given {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BlobRef BLOB = new BlobRef("blob:some/where", "ab".repeat(32), 1000);

    /** Four trials at once, and cures without experience. */
    public static final SearchPolicy POLICY =
            new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, Map.of());

    /** As many numbers as an evaluator finds, as long as they are. */
    private static final Map<String, Double> EVIDENCE = Map.of(
            "divergedFolds", 0.0,
            "trainingLossShare", 0.5123456789012345,
            "validationLossShare", 0.6123456789012345,
            "gapShare", 0.1012345678901234,
            "lateTrainingFall", 0.0112345678901234,
            "lateValidationFall", 0.0012345678901234,
            "unsteadiness", 0.0123456789012345,
            "validationRise", 0.0234567890123456,
            "foldSpread", 0.8123456789012345);

    private Given() {}

    public static DatasetProfiled budget(long rows, Duration budget) {
        return dataset(rows, 2, Optional.of(budget), Optional.empty());
    }

    public static DatasetProfiled trials(long rows, int trials) {
        return dataset(rows, 2, Optional.empty(), Optional.of(trials));
    }

    static DatasetProfiled families(long rows, int trials, String... families) {
        return dataset(rows, 2, Optional.empty(), Optional.of(trials), families);
    }

    /** The same under another seed. */
    static DatasetProfiled seeded(DatasetProfiled d, long seed) {
        RunSettings s = d.settings();
        return d.with(new RunSettings(
                s.target(),
                s.task(),
                s.metric(),
                s.budget(),
                s.trials(),
                seed,
                s.holdout(),
                s.folds(),
                s.timeColumn(),
                s.families()));
    }

    /** The same by another metric that fits its task. */
    static DatasetProfiled scoredBy(Metric metric, DatasetProfiled d) {
        return aimedAt(d.task(), metric, d);
    }

    /** The same with another target. */
    static DatasetProfiled aimedAt(Task task, Metric metric, DatasetProfiled d) {
        return new DatasetProfiled(
                d.name(),
                d.table(),
                d.profile(),
                task,
                metric,
                d.trainingRows(),
                d.holdoutRows(),
                d.numericFeatures(),
                d.categoricalFeatures(),
                d.textFeatures(),
                task.isClassification() ? d.outputs() : 1,
                d.folds(),
                d.settings(),
                d.submittedAt(),
                d.textTerms());
    }

    /** A table of many numbers and ten classes, on which boosting is dear. */
    static DatasetProfiled pixels(Duration budget) {
        return withColumns(dataset(9_000, 10, Optional.of(budget), Optional.empty()), 700, 0);
    }

    static DatasetProfiled withColumns(DatasetProfiled d, int numeric, int categorical) {
        return with(d, numeric, categorical, d.textFeatures(), d.textTerms());
    }

    static DatasetProfiled withTexts(DatasetProfiled d, int texts, Optional<Integer> terms) {
        return with(d, d.numericFeatures(), d.categoricalFeatures(), texts, terms);
    }

    private static DatasetProfiled with(
            DatasetProfiled d, int numeric, int categorical, int texts, Optional<Integer> terms) {
        return new DatasetProfiled(
                d.name(),
                d.table(),
                d.profile(),
                d.task(),
                d.metric(),
                d.trainingRows(),
                d.holdoutRows(),
                numeric,
                categorical,
                texts,
                d.outputs(),
                d.folds(),
                d.settings(),
                d.submittedAt(),
                terms);
    }

    public static DatasetProfiled dataset(
            long rows, int classes, Optional<Duration> budget, Optional<Integer> trials, String... families) {
        RunSettings settings = new RunSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                budget,
                trials,
                42,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                families.length == 0 ? Optional.empty() : Optional.of(List.of(families)));
        return new DatasetProfiled(
                "churn",
                BLOB,
                BLOB,
                classes == 2 ? Task.BINARY : Task.MULTICLASS,
                Metric.LOG_LOSS,
                rows,
                rows / 10,
                10,
                4,
                0,
                classes,
                rows > Regime.LARGE ? 10 : 5,
                settings,
                START,
                Optional.empty());
    }

    public static LearningRateFound range(RangeTestRequested request, double max) {
        return new LearningRateFound(
                request.candidate(),
                request.network(),
                BLOB,
                new Suggestions(Optional.of(max), Optional.empty(), Optional.empty(), Optional.empty()),
                new LearningRateRange(max / 4, max),
                1,
                0.1,
                Optional.of(0.9),
                Optional.empty());
    }

    public static TrialEvaluated scored(TrialRequested request, double error, double wallSeconds) {
        return scoredOnACore(request, error, 1, wallSeconds);
    }

    /** The same where training has a core for a share of the time. */
    public static TrialEvaluated scoredOnACore(TrialRequested request, double error, double share, double wallSeconds) {
        TreeSet<Integer> folds = new TreeSet<>(request.folds());
        request.previous().ifPresent(p -> folds.addAll(p.folds()));
        return scored(request, error, share * wallSeconds, wallSeconds, folds);
    }

    public static TrialEvaluated scored(TrialRequested request, double error, double wallSeconds, Set<Integer> folds) {
        return scored(request, error, wallSeconds, wallSeconds, folds);
    }

    private static TrialEvaluated scored(
            TrialRequested request, double error, double cpuSeconds, double wallSeconds, Set<Integer> folds) {
        return new TrialEvaluated(
                request.trial(),
                request.number(),
                request.rung(),
                request.configuration(),
                request.learningRate(),
                new TrialArtifacts(BLOB, BLOB, BLOB, folds.stream().sorted().toList(), Optional.empty()),
                folds.containsAll(request.folds()),
                request.metric(),
                new Score(error, error - .01, error + .01),
                Map.of(request.metric(), error),
                new Diagnosis(Verdict.HEALTHY, 1, EVIDENCE, "Nothing is wrong."),
                cpuSeconds,
                wallSeconds,
                Optional.of("patience"),
                Optional.empty());
    }

    public static TrialEvaluated diagnosed(TrialRequested request, double error, Diagnosis diagnosis) {
        TrialEvaluated e = scored(request, error, 1);
        return e.with(e.artifacts(), e.complete(), diagnosis, e.stoppedBy(), e.progress());
    }

    public static TrialFailed failed(TrialRequested request, FailureKind kind) {
        return new TrialFailed(request.trial(), request.number(), request.rung(), kind, "The trainer gave up.");
    }

    /** A deterministic error that depends on what is trained and on how much of the data. */
    public static double error(TrialRequested request) {
        int hash = (request.configuration().toString() + request.learningRate() + request.seed()).hashCode();
        return 0.3 + 0.2 * ((hash >>> 8) % 1000) / 1000.0 - 0.01 * request.rung();
    }

    public static boolean isTrial(Event event) {
        return event instanceof TrialRequested;
    }
}
