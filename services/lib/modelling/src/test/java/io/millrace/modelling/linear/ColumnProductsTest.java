package io.millrace.modelling.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnProductsTest {
    private static final int COLUMNS = 12;

    private final ColumnProducts products = new ColumnProducts(COLUMNS);

    /** Columns of very different lengths. */
    ColumnProductsTest() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix rows = Matrix.filled(200, COLUMNS, 0);
        for (int r = 0; r < rows.rows(); r++) {
            for (int c = 0; c < COLUMNS; c++) {
                rows.set(r, c, (float) (random.nextGaussian(1, 1) * Math.pow(2, c - 6)));
            }
        }
        products.add(rows);
    }

    private double freedom(double penalty) {
        return COLUMNS - penalty * Cholesky.of(products.centred(1), penalty).inverseTrace();
    }

    @ParameterizedTest
    @ValueSource(doubles = {.5, 2, 5, 8, 11})
    void thePenaltyIsTheLeastOfTheLadderThatIsEnough(double most) {
        double penalty = products.penalty(1, most);

        assertThat(freedom(penalty)).isLessThanOrEqualTo(most);
        if (penalty > 1) {
            assertThat(freedom(penalty / 4)).isGreaterThan(most);
        }
    }

    @Test
    void withAsManyDegreesOfFreedomAsColumnsThePenaltyIsTheLeast() {
        assertThat(products.penalty(1, COLUMNS)).isCloseTo(1, within(0.0));
    }
}
