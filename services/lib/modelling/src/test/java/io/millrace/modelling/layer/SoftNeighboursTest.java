package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoftNeighboursTest {
    private static final int ROWS = 9;
    private static final int COLUMNS = 4;
    private static final int OUTPUTS = 3;
    private static final float STEP = 1e-2f;
    private static final int[] CHOSEN = {0, 2, 3, 5, 6, 8};
    private static final int[] ASKED = {2, 1, 8, 4};

    private final SplittableRandom random = new SplittableRandom(5);
    private final Matrix rows = normal(ROWS, COLUMNS);
    private final Matrix targets = normal(ROWS, OUTPUTS);
    private final Matrix slopes = normal(ASKED.length, OUTPUTS);

    private Matrix normal(int count, int columns) {
        Matrix matrix = Matrix.filled(count, columns, 0);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    private double loss(float[] logarithms) {
        try (SoftNeighbours neighbours = new SoftNeighbours(CHOSEN.length, ASKED.length, COLUMNS, OUTPUTS)) {
            neighbours.refer(rows, targets, CHOSEN, exponentials(logarithms));
            Matrix predictions = neighbours.predict(rows, ASKED, true);
            double sum = 0;
            for (int i = 0; i < predictions.values().length; i++) {
                sum += predictions.values()[i] * slopes.values()[i];
            }
            return sum;
        }
    }

    private static float[] exponentials(float[] logarithms) {
        float[] scales = new float[logarithms.length];
        for (int c = 0; c < scales.length; c++) {
            scales[c] = (float) Math.exp(logarithms[c]);
        }
        return scales;
    }

    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        float[] logarithms = {-.5f, .2f, -1, .6f};
        float[] gradient = new float[COLUMNS];
        try (SoftNeighbours neighbours = new SoftNeighbours(CHOSEN.length, ASKED.length, COLUMNS, OUTPUTS)) {
            neighbours.refer(rows, targets, CHOSEN, exponentials(logarithms));
            Matrix predictions = neighbours.predict(rows, ASKED, true);
            neighbours.gradient(rows, ASKED, predictions, slopes, gradient);
        }

        for (int c = 0; c < COLUMNS; c++) {
            float[] above = logarithms.clone();
            float[] below = logarithms.clone();
            above[c] += STEP;
            below[c] -= STEP;
            assertThat((double) gradient[c]).isCloseTo((loss(above) - loss(below)) / (2 * STEP), within(2e-3));
        }
    }

    @Test
    void aPredictionIsTheMeanOfTheTargetsByNearness() {
        Matrix line = new Matrix(3, 1, new float[] {0, 1, 3});
        Matrix values = new Matrix(3, 1, new float[] {10, 20, 40});
        try (SoftNeighbours neighbours = new SoftNeighbours(3, 2, 1, 1)) {
            neighbours.refer(line, values, new int[] {0, 1, 2}, new float[] {.5f});

            double near = Math.exp(-.25);
            double far = Math.exp(-2.25);
            assertThat(neighbours.predict(line, new int[] {0}, false).get(0, 0))
                    .isCloseTo((float) ((10 + 20 * near + 40 * far) / (1 + near + far)), within(1e-4f));
            assertThat(neighbours.predict(line, new int[] {0}, true).get(0, 0))
                    .isCloseTo((float) ((20 * near + 40 * far) / (near + far)), within(1e-4f));
        }
    }

    @Test
    void moreRowsThanThereIsRoomForAreRefused() {
        try (SoftNeighbours neighbours = new SoftNeighbours(ROWS, 2, COLUMNS, OUTPUTS)) {
            neighbours.refer(rows, targets, IntStream.range(0, ROWS).toArray(), new float[] {1, 1, 1, 1});
            assertThatThrownBy(() -> neighbours.predict(rows, new int[] {0, 1, 2}, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3 rows in place of 2 at most");
        }
    }
}
