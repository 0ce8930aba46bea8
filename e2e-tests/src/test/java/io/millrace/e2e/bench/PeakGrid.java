package io.millrace.e2e.bench;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.network.NetworkLearner;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Table;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Trains networks at twelve peaks, each 2.15 times the one before, under several seeds. Every seed has its own validation fold,
 * so that as many seeds as folds are a whole trial.
 */
final class PeakGrid {
    private static final int RUNGS = 12;
    private static final double STEP = Math.pow(10, 1.0 / 3);
    private static final double NANOS = 1e9;

    private final Learner learner = new NetworkLearner();
    private final TrainedPeaks trained;
    private final List<Integer> seeds;
    private final Instant end;

    /** @param end when no more trainings are begun */
    PeakGrid(TrainedPeaks trained, List<Integer> seeds, Instant end) {
        this.trained = trained;
        this.seeds = seeds;
        this.end = end;
    }

    /** Trains what is missing under a seed. */
    void train(TrainedPeaks.Combination of, Table table, NetworkConfiguration network, int seed) {
        for (int rung = 0; rung < RUNGS; rung++) {
            TrainedPeaks.Key key = new TrainedPeaks.Key(of, seed, rung);
            if (trained.find(key).isEmpty() && Instant.now().isBefore(end)) {
                trained.keep(key, train(table, network, peak(of.optimizer(), rung), seed));
            }
        }
    }

    /** Seeds under which all rungs are trained. */
    List<Integer> complete(TrainedPeaks.Combination of) {
        return seeds.stream()
                .filter(seed -> IntStream.range(0, RUNGS)
                        .allMatch(rung -> trained.find(new TrainedPeaks.Key(of, seed, rung))
                                .isPresent()))
                .toList();
    }

    /** The mean errors over the complete seeds. */
    PeakErrors errors(TrainedPeaks.Combination of, ToDoubleFunction<TrainedPeaks.Trained> error) {
        List<Integer> complete = complete(of);
        return new PeakErrors(
                IntStream.range(0, RUNGS)
                        .mapToObj(rung -> peak(of.optimizer(), rung))
                        .toList(),
                IntStream.range(0, RUNGS)
                        .mapToObj(rung -> complete.stream()
                                .mapToDouble(seed -> error.applyAsDouble(found(of, seed, rung)))
                                .average()
                                .orElseThrow())
                        .toList());
    }

    /** Mean processor time of a fold at a peak of the grid. */
    double secondsPerFold(TrainedPeaks.Combination of, double peak) {
        int rung = (int) Math.round(Math.log(peak / peak(of.optimizer(), 0)) / Math.log(STEP));
        return complete(of).stream()
                .mapToDouble(seed -> found(of, seed, rung).cpuSeconds())
                .average()
                .orElseThrow();
    }

    private TrainedPeaks.Trained found(TrainedPeaks.Combination of, int seed, int rung) {
        return trained.find(new TrainedPeaks.Key(of, seed, rung)).orElseThrow();
    }

    /** As the trainer trains a fold; errors beyond all others where the network diverges. */
    private TrainedPeaks.Trained train(Table table, NetworkConfiguration network, double peak, int seed) {
        Metric metric = Announced.metric(table);
        int fold = (seed - 1) % table.profile().folds();
        int[] validation = table.rowsOf(fold);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Learner.Fitted fitted = learner.fit(
                new TrainingJob(
                        table,
                        table.trainingRows(fold),
                        validation,
                        network,
                        Optional.of(new LearningRateRange(peak / 4, peak)),
                        metric,
                        seed,
                        Optional.empty(),
                        Leg.WHOLE),
                () -> false);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / NANOS;
        try (FittedModel model = fitted.model()) {
            return new TrainedPeaks.Trained(
                    error(table, model, validation, metric),
                    error(table, model, table.rowsOf(DatasetProfile.HOLDOUT), metric),
                    seconds);
        }
    }

    private static double error(Table table, FittedModel model, int[] rows, Metric metric) {
        double[] target =
                Arrays.stream(rows).mapToDouble(row -> table.target()[row]).toArray();
        double error = Scoring.score(metric, target, model.predict(table, rows));
        return Double.isFinite(error) ? error : Double.MAX_VALUE / RUNGS / RUNGS;
    }

    private static double peak(Optimizer optimizer, int rung) {
        double lowest = optimizer == Optimizer.NESTEROV ? 1e-3 : 1e-4;
        return lowest * Math.pow(STEP, rung);
    }
}
