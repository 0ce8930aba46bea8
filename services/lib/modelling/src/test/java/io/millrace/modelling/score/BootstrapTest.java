package io.millrace.modelling.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.events.Score;
import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapTest {
    @ParameterizedTest
    @CsvSource({"1000", "40000"})
    void theIntervalOfAShareIsTheBinomialOne(int rows) {
        double[] target = new double[rows];
        Matrix predictions = Matrix.filled(rows, 2, 0.3f);
        for (int r = 0; r < rows; r++) {
            predictions.set(r, r % 5 == 0 ? 1 : 0, 0.7f); // 80 % right
        }
        Score score = Bootstrap.interval(Metric.ACCURACY, target, predictions, 1);
        double half = 1.96 * Math.sqrt(0.8 * 0.2 / rows);
        assertThat(score.value()).isCloseTo(0.8, within(1e-9));
        assertThat(score.value() - score.low()).isCloseTo(half, within(0.2 * half));
        assertThat(score.high() - score.value()).isCloseTo(half, within(0.2 * half));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void everyMetricLiesInsideAnIntervalThatShrinksWithTheRoot(Metric metric) {
        Score few = score(metric, 2_000);
        Score many = score(metric, 32_000);
        assertThat(few.low()).isLessThan(few.value());
        assertThat(few.high()).isGreaterThan(few.value());
        assertThat((few.high() - few.low()) / (many.high() - many.low())).isBetween(2.6, 6.0); // 4 in expectation
    }

    @Test
    void theIntervalOfTheAreaIsThatOfHanleyAndMcNeil() {
        // Scores that are uniform give an area of 1/2 with variance (n0 + n1 + 1) / (12 n0 n1).
        int rows = 2000;
        SplittableRandom random = new SplittableRandom(3);
        double[] target = new double[rows];
        Matrix predictions = Matrix.filled(rows, 2, 0);
        for (int r = 0; r < rows; r++) {
            target[r] = r % 4 == 0 ? 1 : 0;
            predictions.set(r, 1, (float) random.nextDouble());
        }
        Score score = Bootstrap.interval(Metric.AUC, target, predictions, 1);
        double half = 1.96 * Math.sqrt((rows + 1) / (12.0 * 500 * 1500));
        assertThat((score.high() - score.low()) / 2).isCloseTo(half, within(0.2 * half));
    }

    @Test
    void aPairedDifferenceIsSharperThanTheScoresThemselves() {
        Sample sample = sample(5_000, 2, 7);
        Matrix better = sharpened(sample.predictions);
        Score gain = Bootstrap.difference(Metric.LOG_LOSS, sample.target, better, sample.predictions, 1);
        Score alone = Bootstrap.interval(Metric.LOG_LOSS, sample.target, better, 1);
        assertThat(gain.high() - gain.low()).isLessThan(alone.high() - alone.low());
        Score back = Bootstrap.difference(Metric.LOG_LOSS, sample.target, sample.predictions, better, 1);
        assertThat(back.value()).isEqualTo(-gain.value());
        assertThat(back.low()).isCloseTo(-gain.high(), within(1e-12));
    }

    @Test
    void aDifferenceIsPositiveWhereHigherIsBetterAndWasReached() {
        double[] target = {0, 1, 0, 1};
        Matrix right = ScoringTest.guesses(2, 0, 1, 0, 1);
        Matrix wrong = ScoringTest.guesses(2, 0, 0, 0, 1);
        assertThat(Bootstrap.difference(Metric.ACCURACY, target, right, wrong, 1)
                        .value())
                .isEqualTo(0.25);
        assertThat(Bootstrap.difference(Metric.LOG_LOSS, target, right, wrong, 1)
                        .value())
                .isPositive();
    }

    /** Without the only row that differs a resample's variance is what rounding leaves of 0. */
    @ParameterizedTest
    @CsvSource({"20", "30", "50", "100"})
    void resamplesWithoutVarianceDoNotCountForTheDetermination(int rows) {
        double[] target = new double[rows];
        target[0] = 1;
        Matrix predictions = Matrix.filled(rows, 1, 0.1f);
        predictions.set(0, 0, 0.9f);

        Score score = Bootstrap.interval(Metric.R2, target, predictions, 1);

        assertThat(score.low()).isBetween(-10.0, score.value());
        assertThat(score.high()).isBetween(score.value(), 1.0);
    }

    @Test
    void equalSeedsGiveEqualIntervals() {
        assertThat(score(Metric.LOG_LOSS, 10_000)).isEqualTo(score(Metric.LOG_LOSS, 10_000));
    }

    private static Score score(Metric metric, int rows) {
        Sample sample = sample(rows, metric.fits(io.millrace.dataset.Task.REGRESSION) ? 1 : 3, 5);
        return Bootstrap.interval(metric, sample.target, sample.predictions, 1);
    }

    private record Sample(double[] target, Matrix predictions) {}

    private static Sample sample(int rows, int outputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] target = new double[rows];
        Matrix predictions = Matrix.filled(rows, outputs, 0);
        for (int r = 0; r < rows; r++) {
            if (outputs == 1) {
                predictions.set(r, 0, (float) random.nextDouble());
                target[r] = predictions.get(r, 0) + 0.3 * (random.nextDouble() - 0.5);
                continue;
            }
            target[r] = random.nextInt(outputs);
            float right = (float) (0.2 + 0.7 * random.nextDouble());
            for (int c = 0; c < outputs; c++) {
                predictions.set(r, c, c == (int) target[r] ? right : (1 - right) / (outputs - 1));
            }
        }
        return new Sample(target, predictions);
    }

    private static Matrix sharpened(Matrix p) {
        float[] values = new float[p.values().length];
        for (int r = 0; r < p.rows(); r++) {
            float a = (float) Math.pow(p.get(r, 0), 1.2);
            float b = (float) Math.pow(p.get(r, 1), 1.2);
            values[2 * r] = a / (a + b);
            values[2 * r + 1] = b / (a + b);
        }
        return new Matrix(p.rows(), 2, values);
    }
}
