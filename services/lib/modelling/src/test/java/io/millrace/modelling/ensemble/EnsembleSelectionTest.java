package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.score.CalibrationError;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleSelectionTest {
    private static final int ROWS = 300;

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4})
    void candidatesOfPureNoiseGainNothingThoughTheySeemToOnTheirOwnRows(long seed) {
        int rows = 120;
        SplittableRandom random = new SplittableRandom(seed);
        double[] target = random.ints(rows, 0, 2).asDoubleStream().toArray();
        List<Matrix> noise = new ArrayList<>();
        for (int j = 0; j < 80; j++) {
            noise.add(chances(random.doubles(rows).toArray()));
        }

        Choice choice = Choice.of(Metric.AUC, target, noise, Base.NONE, 1, () -> false);
        Matrix ensemble = choice.ensemble(noise);
        assertThat(Bootstrap.difference(Metric.AUC, target, ensemble, choice.best(noise), 1)
                        .low())
                .isPositive();
        assertThat(Bootstrap.interval(Metric.AUC, target, ensemble, 1).low()).isGreaterThan(0.5);

        EnsembleSelection selection = EnsembleSelection.of(Metric.AUC, target, noise, Optional.empty(), 1, () -> false);
        assertThat(selection.gain().low()).isNotPositive();
        assertThat(selection.score().low()).isLessThan(0.5);
    }

    @Test
    void membersThatEachKnowAHalfGain() {
        Halves halves = Halves.of(ROWS, 7);
        EnsembleSelection selection =
                EnsembleSelection.of(Metric.RMSE, halves.target, halves.members, Optional.empty(), 1, () -> false);
        assertThat(selection.gain().low()).isPositive();
        // the mean of the members misses by half of what each misses, which is 1 and independent
        assertThat(selection.score().low()).isLessThan(Math.sqrt(0.5));
        assertThat(selection.score().high()).isGreaterThan(Math.sqrt(0.5));
    }

    @Test
    void aCalibrationIsJudgedOnRowsThatItWasNotFittedTo() {
        SplittableRandom random = new SplittableRandom(3);
        double[] said = random.doubles(6_000, 0.02, 0.98).toArray();
        double[] target = new double[said.length];
        for (int r = 0; r < said.length; r++) {
            target[r] = random.nextDouble() < said[r] / 2 ? 1 : 0;
        }
        List<Matrix> one = List.of(chances(said));
        Choice choice = Choice.of(Metric.LOG_LOSS, target, one, Base.NONE, 1, () -> false);
        EnsembleSelection selection =
                EnsembleSelection.of(Metric.LOG_LOSS, target, one, Optional.empty(), 1, () -> false);
        assertThat(selection.finish().isotonic()).isPresent();
        assertThat(selection.calibrationError().orElseThrow())
                .isGreaterThan(CalibrationError.of(target, choice.ensemble(one)))
                .isLessThan(0.03);
    }

    @Test
    void equalRowsAndSeedsAreJudgedEqually() {
        Halves halves = Halves.of(ROWS, 7);
        EnsembleSelection one =
                EnsembleSelection.of(Metric.MAE, halves.target, halves.members, Optional.empty(), 5, () -> false);
        EnsembleSelection other =
                EnsembleSelection.of(Metric.MAE, halves.target, halves.members, Optional.empty(), 5, () -> false);
        assertThat(other).usingRecursiveComparison().isEqualTo(one);
    }

    @Test
    void aCandidateThatIsNotFiniteInOnePartCountsInNone() {
        Halves halves = Halves.of(ROWS, 7);
        EnsembleSelection without =
                EnsembleSelection.of(Metric.RMSE, halves.target, halves.members, Optional.empty(), 1, () -> false);
        Matrix nearlyRight = Matrix.filled(ROWS, 1, 0);
        for (int r = 0; r < ROWS; r++) {
            nearlyRight.set(r, 0, r == 4 ? Float.NaN : (float) halves.target[r]);
        }
        List<Matrix> all = new ArrayList<>(halves.members);
        all.add(nearlyRight);
        EnsembleSelection with =
                EnsembleSelection.of(Metric.RMSE, halves.target, all, Optional.empty(), 1, () -> false);
        assertThat(with.weights()[2]).isZero();
        assertThat(with.score()).isEqualTo(without.score());
    }

    @Test
    void oneRowIsJudgedByWhatWasFittedToIt() {
        List<Matrix> candidates = List.of(new Matrix(1, 1, new float[] {2}), new Matrix(1, 1, new float[] {4}));
        EnsembleSelection selection =
                EnsembleSelection.of(Metric.RMSE, new double[] {1}, candidates, Optional.empty(), 1, () -> false);
        assertThat(selection.weights()).containsExactly(1, 0);
        assertThat(selection.score().value()).isEqualTo(1);
        assertThat(selection.gain().value()).isZero();
    }

    /** Probabilities of two classes from that of the second. */
    private static Matrix chances(double[] ofTheSecond) {
        Matrix chances = Matrix.filled(ofTheSecond.length, 2, 0);
        for (int r = 0; r < ofTheSecond.length; r++) {
            chances.set(r, 1, (float) ofTheSecond[r]);
            chances.set(r, 0, (float) (1 - ofTheSecond[r]));
        }
        return chances;
    }

    /** A target and two members whose errors are independent of each other, with variance 1. */
    private record Halves(double[] target, List<Matrix> members) {
        static Halves of(int rows, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] target = random.doubles(rows, 0, 20).toArray();
            Matrix one = Matrix.filled(rows, 1, 0);
            Matrix other = Matrix.filled(rows, 1, 0);
            for (int r = 0; r < rows; r++) {
                one.set(r, 0, (float) (target[r] + random.nextGaussian()));
                other.set(r, 0, (float) (target[r] + random.nextGaussian()));
            }
            return new Halves(target, List.of(one, other));
        }
    }
}
