package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DensityChoiceTest {
    /** Two classes whose middles are two deviations apart, in eight columns, six of which say nothing. */
    private static DensityChoice choice(int rows) {
        Random random = new Random(1);
        int[] labels = IntStream.range(0, rows).map(r -> r % 2).toArray();
        Matrix matrix = Matrix.filled(rows, 8, 0);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 8; c++) {
                matrix.set(r, c, (float) random.nextGaussian() + (c < 2 ? 2f * labels[r] : 0));
            }
        }
        return new DensityChoice(matrix, labels, 2);
    }

    private static double trust(List<Regularisation> factors) {
        return factors.stream().mapToDouble(Regularisation::trust).sum();
    }

    @Test
    void ofFewRowsManyRegularisationsShareThePowerAndOfManyRowsFewTakeMostOfIt() {
        List<Regularisation> few = choice(30).choose(() -> false);
        List<Regularisation> many = choice(1_000).choose(() -> false);

        assertThat(trust(few)).isBetween(.3, 1.0);
        assertThat(trust(many)).isBetween(.7, 1.0);
        assertThat(most(few)).isLessThan(.3);
        assertThat(most(many)).isGreaterThan(1.5 * most(few));
    }

    private static double most(List<Regularisation> factors) {
        return factors.stream().mapToDouble(Regularisation::trust).max().orElseThrow();
    }

    @Test
    void whenItIsStoppedItGoesByWhatItKnows() {
        assertThat(choice(30).choose(() -> true)).hasSize(1);
    }
}
