package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GreedySelectionTest {
    @Test
    void candidatesWhoseErrorsCancelShareTheWeight() {
        double[] target = {10, 20, 30};
        Matrix over = values(11, 21, 31);
        Matrix under = values(9, 19, 29);
        assertThat(weights(Metric.RMSE, target, over, under)).containsExactly(0.5, 0.5);
    }

    @Test
    void weightsAreSharesOfTheMembersPicked() {
        // errors +1 and -2: two of the first and one of the second cancel
        double[] target = {10, 20, 30};
        double[] weights = weights(Metric.RMSE, target, values(11, 21, 31), values(8, 18, 28));
        assertThat(weights[0]).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(weights[1]).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void aCandidateThatOnlyHurtsGetsNoWeight() {
        double[] target = {10, 20, 30};
        assertThat(weights(Metric.MAE, target, values(15, 25, 35), values(10, 20, 30)))
                .containsExactly(0, 1);
    }

    @Test
    void ofEqualCandidatesTheFirstTakesAll() {
        double[] target = {0, 1, 1};
        Matrix p = new Matrix(3, 2, new float[] {.8f, .2f, .3f, .7f, .1f, .9f});
        assertThat(weights(Metric.LOG_LOSS, target, p, p, p)).containsExactly(1, 0, 0);
    }

    @Test
    void aCandidateWithAValueThatIsNotFiniteIsRejected() {
        double[] target = {10, 20, 30};
        assertThat(weights(Metric.RMSE, target, values(10, 20, Float.NaN), values(12, 22, 32)))
                .containsExactly(0, 1);
        assertThat(weights(Metric.RMSE, target, values(Float.POSITIVE_INFINITY, 1, 1)))
                .containsExactly(0);
    }

    @Test
    void aStopLeavesTheBestSingleCandidate() {
        double[] target = {10, 20, 30};
        List<Matrix> candidates = List.of(values(8, 18, 28), values(11, 21, 31));
        assertThat(GreedySelection.weights(Metric.RMSE, target, candidates, 1, 1, () -> true))
                .containsExactly(0, 1);
    }

    @Test
    void whoIsPickedForLessThanARoundOnAverageGetsNoWeight() {
        Sample few = sample(150, 3, 30, 7);
        double[] weights = GreedySelection.weights(Metric.LOG_LOSS, few.target, few.candidates, 1, 1, () -> false);
        assertThat(Arrays.stream(weights).filter(w -> w > 0).count()).isGreaterThan(3);
        assertThat(Arrays.stream(weights).filter(w -> w > 0).min().orElseThrow())
                .isGreaterThanOrEqualTo(1.0 / 50);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theLeastGoAndWhereAllAreTheLeastTheHeaviestStay() {
        assertThat(GreedySelection.withoutTheLeast(new double[] {12, 0.39, 7.61}))
                .containsExactly(12 / 19.61, 0, 7.61 / 19.61);
        double[] alike = new double[80];
        Arrays.fill(alike, 1);
        assertThat(GreedySelection.withoutTheLeast(alike)).containsOnly(1.0 / 80);
        alike[7] = 1.01;
        assertThat(GreedySelection.withoutTheLeast(alike)[7]).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"LOG_LOSS", "ACCURACY", "BALANCED_ACCURACY", "AUC", "F1"})
    void theEnsembleIsBetterThanAnyMemberOnRowsThatItWasNotChosenOn(Metric metric) {
        Sample sample = sample(6_000, 3, 8, 11);
        Sample chosenOn = sample.part(r -> r < 3_000);
        Sample others = sample.part(r -> r >= 3_000);
        double[] weights = GreedySelection.weights(metric, chosenOn.target, chosenOn.candidates, 1, 1, () -> false);
        double ensemble = metric.asError(Scoring.score(metric, others.target, mix(others.candidates, weights)));
        double single = others.candidates.stream()
                .mapToDouble(m -> metric.asError(Scoring.score(metric, others.target, m)))
                .min()
                .orElseThrow();
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
        assertThat(ensemble).isLessThan(single);
    }

    @Test
    void theQuickLogLossIsTheLogLoss() {
        Sample sample = sample(1_000, 3, 2, 5);
        Matrix[] candidates = sample.candidates.toArray(Matrix[]::new);
        EnsembleError quick = EnsembleError.of(Metric.LOG_LOSS, sample.target, candidates);
        EnsembleError exact = new EnsembleError.ScoredError(Metric.LOG_LOSS, sample.target, candidates);
        quick.add(0);
        exact.add(0);
        assertThat(quick.with(1)).isCloseTo(exact.with(1), within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"RMSE", "R2"})
    void theQuickSquaredErrorRisesWithTheMetric(Metric metric) {
        SplittableRandom random = new SplittableRandom(3);
        double[] target = random.doubles(500, 1e5, 2e5).toArray();
        Matrix[] candidates = IntStream.range(0, 4)
                .mapToObj(j -> values(target, y -> y + 1e4 * (random.nextDouble() - .4)))
                .toArray(Matrix[]::new);
        EnsembleError quick = EnsembleError.of(metric, target, candidates);
        EnsembleError exact = new EnsembleError.ScoredError(metric, target, candidates);
        for (int member : new int[] {2, 0, 2, 3}) {
            assertThat(order(quick)).isEqualTo(order(exact));
            quick.add(member);
            exact.add(member);
        }
        EnsembleError rmse = new EnsembleError.ScoredError(Metric.RMSE, target, candidates);
        rmse.add(1);
        rmse.add(3);
        EnsembleError anew = EnsembleError.of(metric, target, candidates);
        anew.add(1);
        anew.add(3);
        assertThat(anew.with(0)).isCloseTo(rmse.with(0), within(1e-5 * rmse.with(0)));
    }

    @Test
    void aRowSampleKeepsTheSharesOfTheClasses() {
        double[] target = new double[50_000];
        for (int r = 0; r < target.length; r++) {
            target[r] = r % 100 == 0 ? 1 : 0;
        }
        int[] rows = RowSample.stratified(target, 5_000, 1);
        assertThat(rows).hasSize(5_000).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(OutOfFold.pick(target, rows)).sum()).isCloseTo(50, within(1.0));
        assertThat(RowSample.stratified(target, 5_000, 1)).isEqualTo(rows);
        assertThat(RowSample.stratified(target, 5_000, 2)).isNotEqualTo(rows);
    }

    private static double[] weights(Metric metric, double[] target, Matrix... candidates) {
        return GreedySelection.weights(metric, target, List.of(candidates), 1, 1, () -> false);
    }

    private static List<Integer> order(EnsembleError error) {
        return IntStream.range(0, 4)
                .boxed()
                .sorted(Comparator.comparingDouble(error::with))
                .toList();
    }

    private static Matrix values(double[] target, DoubleUnaryOperator prediction) {
        Matrix matrix = Matrix.filled(target.length, 1, 0);
        for (int r = 0; r < target.length; r++) {
            matrix.set(r, 0, (float) prediction.applyAsDouble(target[r]));
        }
        return matrix;
    }

    private static Matrix values(float... values) {
        return new Matrix(values.length, 1, values);
    }

    private static Matrix mix(List<Matrix> candidates, double[] weights) {
        WeightedMean mean =
                new WeightedMean(candidates.get(0).rows(), candidates.get(0).columns());
        for (int j = 0; j < weights.length; j++) {
            mean.add(candidates.get(j), weights[j]);
        }
        return mean.result();
    }

    record Sample(double[] target, List<Matrix> candidates) {
        Sample part(IntPredicate wanted) {
            int[] rows = IntStream.range(0, target.length).filter(wanted).toArray();
            return new Sample(
                    OutOfFold.pick(target, rows),
                    candidates.stream().map(m -> m.select(rows)).toList());
        }
    }

    /** Candidates that know the class with independent errors. */
    static Sample sample(int rows, int classes, int candidates, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] target = random.ints(rows, 0, classes).asDoubleStream().toArray();
        List<Matrix> all = new ArrayList<>();
        for (int j = 0; j < candidates; j++) {
            Matrix p = Matrix.filled(rows, classes, 0);
            for (int r = 0; r < rows; r++) {
                double total = 0;
                double[] raw = new double[classes];
                for (int c = 0; c < classes; c++) {
                    raw[c] = Math.exp((c == (int) target[r] ? 1 : 0) + 1.5 * random.nextDouble());
                    total += raw[c];
                }
                for (int c = 0; c < classes; c++) {
                    p.set(r, c, (float) (raw[c] / total));
                }
            }
            all.add(p);
        }
        return new Sample(target, all);
    }
}
