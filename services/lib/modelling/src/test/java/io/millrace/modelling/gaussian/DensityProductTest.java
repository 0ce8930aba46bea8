package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DensityProductTest {
    /** Three rows of the first class, -1, 0 and 1, and one of the second, 4; nothing of the third. */
    private static ClassSums sums() {
        Matrix rows = new Matrix(4, 1, new float[] {-1, 0, 1, 4});
        ClassSums sums = ClassSums.none(3, 1);
        for (int r = 0; r < 4; r++) {
            sums.add(rows, r, r / 3);
        }
        return sums;
    }

    /** Two classes in three columns that go together, in one more than in the other. */
    private static ClassSums correlated() {
        Random random = new Random(3);
        ClassSums sums = ClassSums.none(2, 3);
        for (int r = 0; r < 40; r++) {
            float common = (float) random.nextGaussian();
            float own = (float) random.nextGaussian();
            sums.add(new Matrix(1, 3, new float[] {common, common + own * (1 + r % 2), own - r % 2}), 0, r % 2);
        }
        return sums;
    }

    private static DensityProduct alone(double pooling, double trust) {
        return DensityProduct.of(sums(), List.of(new Regularisation(pooling, 0, trust)));
    }

    private static Matrix at(float... x) {
        return new Matrix(1, x.length, x);
    }

    @Test
    void chancesFollowFromBayesTheorem() {
        Matrix chances = alone(1, 1).predict(at(2));

        // one variance of 2 / 4 for all: the densities at 2 are e^-4 and e^-4, three rows to one
        assertThat(chances.get(0, 0) / chances.get(0, 1)).isCloseTo(3, within(1e-3f));
        assertThat(chances.get(0, 0) + chances.get(0, 1) + chances.get(0, 2)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void trustIsThePowerOfADensity() {
        double odds = odds(alone(1, 1));
        double half = odds(alone(1, .5));

        // the classes' shares, three to one, are no part of the density
        assertThat(half * 3).isCloseTo(Math.sqrt(odds * 3), within(.02));
    }

    private static double odds(DensityProduct densities) {
        Matrix chances = densities.predict(at(2.3f));
        return chances.get(0, 1) / chances.get(0, 0);
    }

    /** Of several densities logarithms add up, as many as there are columns and whether they are of one shape or of one per class. */
    @Test
    void aProductIsTheWeightedSumOfLogarithms() {
        List<Regularisation> factors = List.of(
                new Regularisation(1, .1, .5), new Regularisation(.25, .01, .3), new Regularisation(.01, .4, .1));
        Matrix row = at(.3f, -.7f, 1.2f);
        double[] sum = new double[2];
        for (Regularisation factor : factors) {
            double[] log = ClassDensities.of(correlated(), factor).logDensities(row)[0];
            for (int k = 0; k < 2; k++) {
                sum[k] += factor.trust() * log[k];
            }
        }
        double[] expected = ClassShares.of(correlated()).chances(sum, 1);

        Matrix chances = DensityProduct.of(correlated(), factors).predict(row);

        assertThat((double) chances.get(0, 0)).isCloseTo(expected[0], within(1e-6));
        assertThat((double) chances.get(0, 1)).isCloseTo(expected[1], within(1e-6));
        assertThat(DensityProduct.of(correlated(), factors.subList(0, 1)).precisions())
                .hasSize(1);
    }

    @Test
    void aClassOfFewRowsHasTheShapeOfAll() {
        DensityProduct quadratic = alone(.01, 1);

        // the second class's one row has no variance of its own
        assertThat(quadratic.predict(at(4)).get(0, 1)).isGreaterThan(.9f);
        assertThat(quadratic.predict(at(9)).get(0, 1)).isGreaterThan(.9f);
    }

    @Test
    void noClassIsCertainNorImpossible() {
        Matrix far = alone(1, 1).predict(at(1_000));

        assertThat(far.get(0, 1)).isLessThan(.995f);
        assertThat(far.get(0, 2)).isGreaterThan(.001f);
    }
}
