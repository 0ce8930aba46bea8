package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackingTest {
    private static final double[] EVEN = {0.5, 0.5};

    @Test
    void membersThatEachKnowAPartAreAddedRatherThanAveraged() {
        SplittableRandom random = new SplittableRandom(5);
        int rows = 4_000;
        double[] target = new double[rows];
        Matrix one = Matrix.filled(rows, 1, 0);
        Matrix other = Matrix.filled(rows, 1, 0);
        for (int r = 0; r < rows; r++) {
            one.set(r, 0, (float) (10 + random.nextGaussian()));
            other.set(r, 0, (float) (10 + random.nextGaussian()));
            target[r] = one.get(r, 0) + other.get(r, 0) - 10 + 0.1 * random.nextGaussian();
        }
        List<Matrix> members = List.of(one, other);
        Matrix mean = Finish.PLAIN.apply(members, EVEN);
        Stack stack = chosen(Metric.RMSE, target, members, EVEN, mean, 1).orElseThrow();
        assertThat(stack.weights()).allSatisfy(w -> assertThat(w).isCloseTo(1, within(0.03)));
        assertThat(stack.bias().get(0)).isCloseTo(-10, within(0.5));
        assertThat(Scoring.score(Metric.RMSE, target, stack.apply(members))).isLessThan(0.12);
    }

    @Test
    void independentEvidenceForAClassIsMultiplied() {
        Witnesses witnesses = Witnesses.of(6_000, 11);
        Matrix mean = Finish.PLAIN.apply(witnesses.members, EVEN);
        Stack stack = chosen(Metric.LOG_LOSS, witnesses.target, witnesses.members, EVEN, mean, 1)
                .orElseThrow();
        Witnesses others = Witnesses.of(6_000, 12);
        assertThat(Scoring.score(Metric.LOG_LOSS, others.target, stack.apply(others.members)))
                .isLessThan(
                        Scoring.score(Metric.LOG_LOSS, others.target, Finish.PLAIN.apply(others.members, EVEN)) - 0.01);
        assertThat(stack.weights()).allSatisfy(w -> assertThat(w).isCloseTo(1, within(0.15)));
    }

    @Test
    void nothingIsStackedWhereTheMeanIsAsGood() {
        SplittableRandom random = new SplittableRandom(8);
        int rows = 2_000;
        double[] target = random.doubles(rows).toArray();
        Matrix one = Matrix.filled(rows, 1, 0);
        Matrix other = Matrix.filled(rows, 1, 0);
        for (int r = 0; r < rows; r++) {
            double error = 0.05 * random.nextGaussian();
            one.set(r, 0, (float) (target[r] + error));
            other.set(r, 0, (float) (target[r] - error + 1e-4 * random.nextGaussian()));
        }
        List<Matrix> members = List.of(one, other);
        assertThat(chosen(Metric.RMSE, target, members, EVEN, Finish.PLAIN.apply(members, EVEN), 1)
                        .filter(s -> Math.abs(s.weights().get(0) - 0.5) > 0.02))
                .isEmpty();
    }

    @Test
    void fewRowsAndMetricsThatCannotBeFittedAreLeftAlone() {
        Witnesses few = Witnesses.of(700, 3);
        Matrix mean = Finish.PLAIN.apply(few.members, EVEN);
        assertThat(chosen(Metric.LOG_LOSS, few.target, few.members, EVEN, mean, 1))
                .isEqualTo(Optional.empty());
        Witnesses many = Witnesses.of(2_000, 3);
        assertThat(chosen(Metric.AUC, many.target, many.members, EVEN, Finish.PLAIN.apply(many.members, EVEN), 1))
                .isEmpty();
    }

    private static Optional<Stack> chosen(
            Metric metric, double[] target, List<Matrix> members, double[] weights, Matrix mean, long seed) {
        return Stacking.choose(metric, target, members, weights, mean, seed)
                .map(penalty -> Stacking.fit(target, members, weights, penalty, seed));
    }

    /** Two models that each saw independent evidence of the class and say how much it is worth. */
    private record Witnesses(double[] target, List<Matrix> members) {
        static Witnesses of(int rows, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] target = new double[rows];
            Matrix one = Matrix.filled(rows, 2, 0);
            Matrix other = Matrix.filled(rows, 2, 0);
            for (int r = 0; r < rows; r++) {
                int truth = random.nextInt(2);
                target[r] = truth;
                for (Matrix member : List.of(one, other)) {
                    double x = random.nextGaussian() + (truth == 1 ? 0.7 : -0.7);
                    float p = (float) (1 / (1 + Math.exp(-1.4 * x)));
                    member.set(r, 1, p);
                    member.set(r, 0, 1 - p);
                }
            }
            return new Witnesses(target, List.of(one, other));
        }
    }
}
