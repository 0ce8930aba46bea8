package io.millrace.e2e.bench;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.evaluator.core.Evaluation;
import io.millrace.events.BlobRef;
import io.millrace.events.DataCurve;
import io.millrace.events.DataCurve.DataPoint;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.RunSettings;
import io.millrace.events.Verdict;
import io.millrace.modelling.rangetest.RangeTest;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.modelling.trial.TrialSpec;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.modelling.trial.UnusableModelException;
import io.millrace.planner.core.FirstCure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Trains, diagnoses and cures what is planted in one data set under one seed. Errors are log losses or RMSE. */
final class PlantedTrials {
    private static final List<Integer> FOLDS = List.of(0, 1, 2);
    private static final long OTHER_SEED = 1000;
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 150, .15, 6, 0, 2, .9, .8, 1, 0, 128, 31);

    private final TrialTraining training = new TrialTraining(Learners.standard());
    private final Table clean;
    private final Table noisy;
    private final Optional<Integer> usualRows;
    private final Metric metric;
    private final long seed;
    private final Map<String, DataCurve> boosting = new HashMap<>();
    private final Map<String, Double> references = new HashMap<>();
    private final Map<String, LearningRateRange> ranges = new HashMap<>();

    PlantedTrials(Table clean, Optional<Integer> usualRows, long seed) {
        this.clean = clean;
        this.noisy = NoisyLabels.of(clean, 0.3, seed);
        this.usualRows = usualRows;
        this.metric = clean.profile().task() == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        this.seed = seed;
    }

    /**
     * What became of a planted problem.
     *
     * @param error of the planted trial; infinite where its training diverged
     * @param cure what the planner would try; absent where there is nothing to cure or no cure
     * @param cured error of the trial with the cure, or of the planted one where there is none
     * @param healthy error of a healthy network: on the same labels, and on all rows unless 200 are part of the plant
     */
    record Case(
            Planted planted, Diagnosis diagnosis, double error, Optional<String> cure, double cured, double healthy) {
        private static final double CLOSE = 1.02;

        /** Whether the plant costs less than 2 %, so that there is nothing to find. */
        boolean harmless() {
            return error <= CLOSE * healthy;
        }

        boolean right() {
            return diagnosis.verdict() == planted.right() || (diagnosis.verdict() == Verdict.HEALTHY && harmless());
        }

        boolean restored() {
            return cured <= CLOSE * healthy;
        }
    }

    Case of(Planted planted) {
        Table table = planted.noisy() ? noisy : clean;
        Optional<Integer> rows = planted.rows(usualRows);
        NetworkConfiguration network = planted.network();
        LearningRateRange found = range(table, network);
        LearningRateRange rate =
                new LearningRateRange(found.base() * planted.rateFactor(), found.max() * planted.rateFactor());
        double healthy = reference(table, planted == Planted.TOO_FEW_ROWS ? usualRows : rows, seed);
        DataCurve curve = boosting(table, rows);
        double yardstick = Math.min(curve.points().get(2).score(), reference(table, rows, seed + OTHER_SEED));
        try {
            TrialResult result = train(table, network, Optional.of(rate), rows, seed);
            Evaluation evaluation = Evaluation.of(
                    truth(table),
                    result.predictions(),
                    FOLDS,
                    result.curves().values(),
                    network,
                    metric,
                    Optional.of(yardstick),
                    Optional.of(curve),
                    seed);
            double error = evaluation.score().value();
            Diagnosis diagnosis = evaluation.diagnosis();
            Optional<FirstCure> cure = FirstCure.of(dataset(table), network, rate, found, rows, diagnosis);
            double cured = cure.map(c -> cured(table, c, rows)).orElse(error);
            return new Case(planted, diagnosis, error, cure.map(FirstCure::name), cured, healthy);
        } catch (UnusableModelException e) {
            // Such a trial fails and says that its training diverged; nothing is made of it.
            Diagnosis diagnosis = new Diagnosis(Verdict.OPTIMIZATION, 1, Map.of(), e.getMessage());
            return new Case(
                    planted, diagnosis, Double.POSITIVE_INFINITY, Optional.empty(), Double.POSITIVE_INFINITY, healthy);
        }
    }

    private double cured(Table table, FirstCure cure, Optional<Integer> rows) {
        NetworkConfiguration network = (NetworkConfiguration) cure.configuration();
        LearningRateRange rate = cure.learningRate().orElseGet(() -> range(table, network));
        return error(table, train(table, network, Optional.of(rate), cure.allRows() ? usualRows : rows, seed));
    }

    private double reference(Table table, Optional<Integer> rows, long seed) {
        NetworkConfiguration network = Planted.HEALTHY.network();
        return references.computeIfAbsent(
                key(table, rows) + seed,
                k -> error(table, train(table, network, Optional.of(range(table, network)), rows, seed)));
    }

    /** What boosted trees reach on the same rows, on a half and on a quarter of them, as the planner's probes ask. */
    private DataCurve boosting(Table table, Optional<Integer> rows) {
        int all = Math.min(rows.orElse(Integer.MAX_VALUE), table.trainingRows(0).length);
        return boosting.computeIfAbsent(
                key(table, rows),
                k -> new DataCurve(Stream.of(all / 4, all / 2, all)
                        .map(n -> new DataPoint(
                                n, error(table, train(table, BOOSTING, Optional.empty(), Optional.of(n), seed))))
                        .toList()));
    }

    private LearningRateRange range(Table table, NetworkConfiguration network) {
        return ranges.computeIfAbsent((table == noisy) + network.toString(), k -> RangeTest.run(
                        table, table.trainingRows(0), network, seed, () -> false)
                .chosen());
    }

    private String key(Table table, Optional<Integer> rows) {
        return (table == noisy) + "/" + rows + "/";
    }

    private TrialResult train(
            Table table,
            Configuration configuration,
            Optional<LearningRateRange> rate,
            Optional<Integer> rows,
            long seed) {
        TrialSpec spec = new TrialSpec(
                configuration, rate, FOLDS, rows, Bagging.none(), metric, seed, Optional.empty(), Optional.empty());
        return training.train(table, spec, TrialResult.none(table), TrialTraining.Interrupts.none(), FoldStore.none());
    }

    private double error(Table table, TrialResult result) {
        OutOfFold rows = OutOfFold.of(truth(table), result.predictions(), FOLDS);
        return Scoring.score(metric, rows.target(), rows.predictions());
    }

    private static Truth truth(Table table) {
        return new Truth(table.profile(), table.target(), NoisyLabels.folds(table));
    }

    /** As the profiler would announce it; the cures ask for its size and task only. */
    private DatasetProfiled dataset(Table table) {
        BlobRef none = new BlobRef("blob:none", "0".repeat(64), 0);
        return new DatasetProfiled(
                "planted",
                none,
                none,
                table.profile().task(),
                metric,
                table.trainingRows(0).length,
                0,
                table.profile().features().size(),
                0,
                0,
                table.profile().outputs(),
                table.profile().folds(),
                RunSettings.ofBudget(Duration.ofMinutes(1)),
                Instant.EPOCH,
                Optional.empty());
    }
}
