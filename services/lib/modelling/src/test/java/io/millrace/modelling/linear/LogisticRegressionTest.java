package io.millrace.modelling.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final int ROWS = 4_000;
    private static final double[] EVEN = {.5, .5};

    private final SplittableRandom random = new SplittableRandom(3);
    private final Matrix rows = Matrix.filled(ROWS, 2, 0);
    private final float[] labels = new float[ROWS];

    LogisticRegressionTest() {
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextGaussian(1, 1);
        }
    }

    @Test
    void findsTheLogOddsThatMadeTheClasses() {
        for (int r = 0; r < ROWS; r++) {
            double odds = Math.exp(-.5 + 1.5 * rows.get(r, 0) - rows.get(r, 1));
            labels[r] = random.nextDouble() < odds / (1 + odds) ? 1 : 0;
        }

        List<LinearFit> fits = new LogisticRegression(rows, labels, EVEN).fit(100);

        assertThat(fits).hasSize(1);
        assertThat(fits.get(0).weights()).containsExactly(new double[] {1.5, -1}, within(.15));
        assertThat(fits.get(0).intercept()).isCloseTo(-.5, within(.15));
    }

    @Test
    void findsTheChancesThatMadeThreeClasses() {
        double[] weights = {0, 1.5, -1};
        double[] intercepts = {0, -.5, .5};
        for (int r = 0; r < ROWS; r++) {
            double[] odds = new double[3];
            for (int k = 0; k < 3; k++) {
                odds[k] = Math.exp(intercepts[k] + weights[k] * rows.get(r, 0));
            }
            double drawn = random.nextDouble() * (odds[0] + odds[1] + odds[2]);
            labels[r] = drawn < odds[0] ? 0 : drawn < odds[0] + odds[1] ? 1 : 2;
        }

        List<LinearFit> fits = new LogisticRegression(rows, labels, new double[] {.3, .4, .3}).fit(100);

        assertThat(fits).hasSize(3);
        for (int k = 1; k < 3; k++) {
            // Only differences between classes are told.
            LinearFit fit = fits.get(k);
            assertThat(fit.weights()[0] - fits.get(0).weights()[0]).isCloseTo(weights[k], within(.15));
            assertThat(fit.weights()[1] - fits.get(0).weights()[1]).isCloseTo(0, within(.15));
            assertThat(fit.intercept() - fits.get(0).intercept()).isCloseTo(intercepts[k], within(.15));
        }
    }

    @Test
    void aClassWithoutRowsBecomesRare() {
        for (int r = 0; r < ROWS; r++) {
            labels[r] = r % 2;
        }

        List<LinearFit> fits = new LogisticRegression(rows, labels, new double[] {.5, .5, .5 / ROWS}).fit(100);

        assertThat(fits.get(0).of(rows, 0) - fits.get(2).of(rows, 0)).isGreaterThan(6);
    }

    @Test
    void classesThatALineTellsApartStayUncertain() {
        for (int r = 0; r < ROWS; r++) {
            labels[r] = rows.get(r, 0) > 1 ? 1 : 0;
        }

        LinearFit fit = new LogisticRegression(rows, labels, EVEN).fit(100).get(0);

        assertThat(fit.weights()[0]).isBetween(4.0, 50.0);
        assertThat(fit.intercept()).isCloseTo(-fit.weights()[0], within(0.1 * fit.weights()[0]));
    }
}
