package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final int ROWS = 4_000;

    private final SplittableRandom random = new SplittableRandom(3);
    private final Matrix rows = Matrix.filled(ROWS, 2, 0);

    LogisticRegressionTest() {
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian(1, 1);
        }
    }

    @Test
    void findsTheLogOddsThatMadeTheClasses() {
        float[] labels = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            double odds = Math.exp(-.5 + 1.5 * rows.get(r, 0) - rows.get(r, 1));
            labels[r] = random.nextDouble() < odds / (1 + odds) ? 1 : 0;
        }

        LinearFit fit = new LogisticRegression(rows, labels).fit(100);

        assertThat(fit.weights()).containsExactly(new double[] {1.5, -1}, within(.15));
        assertThat(fit.intercept()).isCloseTo(-.5, within(.15));
    }

    @Test
    void classesThatALineTellsApartStayUncertain() {
        float[] labels = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            labels[r] = rows.get(r, 0) > 1 ? 1 : 0;
        }

        LinearFit fit = new LogisticRegression(rows, labels).fit(100);

        assertThat(fit.weights()[0]).isBetween(4.0, 50.0);
        assertThat(fit.intercept()).isCloseTo(-fit.weights()[0], within(0.1 * fit.weights()[0]));
    }
}
