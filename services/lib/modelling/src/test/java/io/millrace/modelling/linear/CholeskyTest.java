package io.millrace.modelling.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
    /** Of a matrix with 2 on the diagonal and -1 beside it, whose inverse is known: min(i, j) (n + 1 - max(i, j)) / (n + 1). */
    private static Cholesky differences(int n) {
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = new double[i + 1];
            a[i][i] = 1;
            if (i > 0) {
                a[i][i - 1] = -1;
            }
        }
        return Cholesky.of(a, 1);
    }

    @Test
    void solvesEquations() {
        double[] right = {0, 0, 0, 0, 0, 0, 8}; // the last column of the inverse is 1 to 7, eighths

        assertThat(differences(7).solve(right)).containsExactly(new double[] {1, 2, 3, 4, 5, 6, 7}, within(1e-12));
    }

    @Test
    void sumsTheDiagonalOfTheInverse() {
        // i (8 - i) / 8 for i from 1 to 7
        assertThat(differences(7).inverseTrace()).isCloseTo(84 / 8.0, within(1e-12));
    }
}
