package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import org.junit.jupiter.api.Test;

class ClassDensitiesTest {
    /** Three rows of the first class, -1, 0 and 1, and one of the second, 4; nothing of the third. */
    private static ClassSums sums() {
        Matrix rows = new Matrix(4, 1, new float[] {-1, 0, 1, 4});
        ClassSums sums = ClassSums.none(3, 1);
        for (int r = 0; r < 4; r++) {
            sums.add(rows, r, r / 3);
        }
        return sums;
    }

    private static Matrix at(float x) {
        return new Matrix(1, 1, new float[] {x});
    }

    @Test
    void chancesFollowFromBayesTheorem() {
        ClassDensities linear = ClassDensities.of(sums(), new Regularisation(1, 0, 1));

        Matrix chances = linear.predict(at(2));

        // one variance of 2 / 4 for all: the densities at 2 are e^-4 and e^-4, three rows to one
        assertThat(chances.get(0, 0) / chances.get(0, 1)).isCloseTo(3, within(1e-3f));
        assertThat(chances.get(0, 0) + chances.get(0, 1) + chances.get(0, 2)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void trustIsThePowerOfADensity() {
        ClassDensities densities = ClassDensities.of(sums(), new Regularisation(1, 0, 1));
        double odds = odds(densities, 2.3f);
        double half = odds(densities.trusting(.5), 2.3f);

        // the classes' shares, three to one, are no part of the density
        assertThat(half * 3).isCloseTo(Math.sqrt(odds * 3), within(.02));
    }

    private static double odds(ClassDensities densities, float x) {
        Matrix chances = densities.predict(at(x));
        return chances.get(0, 1) / chances.get(0, 0);
    }

    @Test
    void aClassOfFewRowsHasTheShapeOfAll() {
        ClassDensities quadratic = ClassDensities.of(sums(), new Regularisation(.01, 0, 1));

        // the second class's one row has no variance of its own
        assertThat(quadratic.predict(at(4)).get(0, 1)).isGreaterThan(.9f);
        assertThat(quadratic.predict(at(9)).get(0, 1)).isGreaterThan(.9f);
    }

    @Test
    void noClassIsCertainNorImpossible() {
        ClassDensities densities = ClassDensities.of(sums(), new Regularisation(1, 0, 1));

        Matrix far = densities.predict(at(1_000));

        assertThat(far.get(0, 1)).isLessThan(.995f);
        assertThat(far.get(0, 2)).isGreaterThan(.001f);
    }
}
