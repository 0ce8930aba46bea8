package io.millrace.modelling.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {
    private static final int ROWS = 2_000;

    private final SplittableRandom random = new SplittableRandom(3);

    private Matrix normal(int rows, int columns) {
        Matrix matrix = Matrix.filled(rows, columns, 0);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    @Test
    void findsTheWeightsThatMadeTheTarget() {
        Matrix rows = normal(ROWS, 3);
        float[] target = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            target[r] = 5 + 2 * rows.get(r, 0) - 3 * rows.get(r, 2);
        }
        RidgeRegression regression = new RidgeRegression(3);
        regression.add(rows, target, 0);

        LinearFit fit = regression.fit(100);

        assertThat(fit.weights()).containsExactly(new double[] {2, 0, -3}, within(5e-3));
        assertThat(fit.intercept()).isCloseTo(5, within(5e-3));
    }

    @Test
    void chunksAreOneMatrix() {
        Matrix rows = normal(40, 4);
        float[] target = normal(40, 1).values();
        RidgeRegression whole = new RidgeRegression(4);
        whole.add(rows, target, 0);
        RidgeRegression parts = new RidgeRegression(4);
        parts.add(new Matrix(25, 4, Arrays.copyOfRange(rows.values(), 0, 100)), target, 0);
        parts.add(new Matrix(15, 4, Arrays.copyOfRange(rows.values(), 100, 160)), target, 25);

        assertThat(parts.fit(4).weights()).containsExactly(whole.fit(4).weights(), within(1e-12));
        assertThat(parts.fit(4).intercept()).isCloseTo(whole.fit(4).intercept(), within(1e-12));
    }

    @Test
    void aColumnThatTellsTheSameOnceMoreSharesTheWeight() {
        Matrix once = normal(ROWS, 1);
        Matrix twice = Matrix.filled(ROWS, 2, 0);
        for (int r = 0; r < ROWS; r++) {
            twice.set(r, 0, once.get(r, 0));
            twice.set(r, 1, once.get(r, 0));
        }
        RidgeRegression regression = new RidgeRegression(2);
        regression.add(twice, once.values(), 0);

        assertThat(regression.fit(100).weights()).containsExactly(new double[] {.5, .5}, within(1e-3));
    }

    @Test
    void noiseInManyColumnsIsNotLearntByHeart() {
        Matrix rows = normal(100, 80);
        float[] target = normal(100, 1).values();
        RidgeRegression regression = new RidgeRegression(80);
        regression.add(rows, target, 0);

        assertThat(explained(rows, target, regression.fit(80))).isGreaterThan(.6);
        assertThat(explained(rows, target, regression.fit(5))).isLessThan(.2);
    }

    /** Share of the variance of the rows that a model was fitted to which it explains. */
    private static double explained(Matrix rows, float[] target, LinearFit fit) {
        double mean = 0;
        for (float y : target) {
            mean += y / target.length;
        }
        double left = 0;
        double all = 0;
        for (int r = 0; r < target.length; r++) {
            double said = fit.intercept();
            for (int c = 0; c < rows.columns(); c++) {
                said += fit.weights()[c] * rows.get(r, c);
            }
            left += (target[r] - said) * (target[r] - said);
            all += (target[r] - mean) * (target[r] - mean);
        }
        return 1 - left / all;
    }
}
