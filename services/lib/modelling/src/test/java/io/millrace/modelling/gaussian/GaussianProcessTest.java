package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class GaussianProcessTest {
    private final SplittableRandom random = new SplittableRandom(5);

    private Matrix rows(int count) {
        Matrix rows = Matrix.filled(count, 2, 0);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextDouble(-2, 2);
        }
        return rows;
    }

    private static float[] values(Matrix rows, DoubleBinaryOperator of) {
        float[] values = new float[rows.rows()];
        for (int r = 0; r < values.length; r++) {
            values[r] = (float) of.applyAsDouble(rows.get(r, 0), rows.get(r, 1));
        }
        return values;
    }

    /** Root mean square error on new rows. */
    private double error(GaussianProcess process, DoubleBinaryOperator of) {
        Matrix asked = rows(500);
        float[] truth = values(asked, of);
        Matrix said = process.predict(asked);
        double squares = 0;
        for (int r = 0; r < truth.length; r++) {
            squares += Math.pow(said.get(r, 0) - truth[r], 2);
        }
        return Math.sqrt(squares / truth.length);
    }

    @Test
    void itLearnsASmoothFunctionFromFewRows() {
        DoubleBinaryOperator wave = (x, y) -> Math.sin(2 * x) * Math.cos(y);
        Matrix rows = rows(120);

        assertThat(error(GaussianProcess.fit(rows, values(rows, wave), 1_000, () -> false), wave))
                .isLessThan(.05);
    }

    @Test
    void whatRowsTellThatAreNotRememberedIsNotLost() {
        DoubleBinaryOperator wave = (x, y) -> Math.sin(2 * x) * Math.cos(y);
        Matrix rows = rows(2_000);
        float[] noisy = values(rows, (x, y) -> wave.applyAsDouble(x, y) + random.nextGaussian());

        GaussianProcess process = GaussianProcess.fit(rows, noisy, 60, () -> false);

        assertThat(process.rows().rows()).isEqualTo(60);
        // 60 rows alone have an error of their noise's size
        assertThat(error(process, wave)).isLessThan(.2);
    }

    @Test
    void remembersNoMoreRowsThanItWasTold() {
        Matrix rows = rows(300);
        float[] sum = values(rows, (x, y) -> x - .5 * y);

        GaussianProcess all = GaussianProcess.fit(rows, sum, 300, () -> false);
        GaussianProcess some = GaussianProcess.fit(rows, sum, 299, () -> false);

        assertThat(all.rows().rows()).isEqualTo(300);
        Matrix asked = rows(50);
        for (int r = 0; r < 50; r++) {
            // One row less, and another way to solve: the same function.
            assertThat(some.predict(asked).get(r, 0))
                    .isCloseTo(all.predict(asked).get(r, 0), within(.02f));
        }
    }

    @Test
    void rowsThatAreEqualAreNoTrouble() {
        Matrix rows = Matrix.filled(3_000, 2, 0);
        for (int r = 0; r < rows.rows(); r++) {
            rows.set(r, 0, r % 3);
        }
        float[] noisy = values(rows, (x, y) -> x - 1 + random.nextGaussian());

        Matrix said = GaussianProcess.fit(rows, noisy, 1_000, () -> false).predict(rows.select(0, 1, 2));

        for (int level = 0; level < 3; level++) {
            assertThat(said.get(level, 0)).isCloseTo(level - 1, within(.1f));
        }
    }

    @Test
    void aSumGoesOnBeyondTheRows() {
        DoubleBinaryOperator sum = (x, y) -> x - .5 * y;
        Matrix rows = rows(200);
        GaussianProcess process = GaussianProcess.fit(rows, values(rows, sum), 1_000, () -> false);

        assertThat(process.predict(new Matrix(1, 2, new float[] {4, 0})).get(0, 0))
                .isCloseTo(4, within(.3f));
    }

    @Test
    void ofNoiseItSaysNothing() {
        Matrix rows = rows(300);
        float[] noise = values(rows, (x, y) -> random.nextGaussian());

        assertThat(error(GaussianProcess.fit(rows, noise, 1_000, () -> false), (x, y) -> 0))
                .isLessThan(.3);
    }
}
