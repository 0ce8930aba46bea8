package io.millrace.modelling.gaussian;

import io.millrace.modelling.linear.Cholesky;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How probable each class is by the product of several {@link ClassDensities} of the same rows, each to a power of its own. They share
 * their means, so that the product is one Gaussian per class again, whose precision is the weighted sum of theirs.
 *
 * @param classes how frequent the classes are
 * @param means per class and column
 * @param precisions factors of the inverse covariance per class, or of one for all
 * @param logDeterminants weighted sum of those of the covariances, one per precision
 */
record DensityProduct(ClassShares classes, double[][] means, List<Cholesky> precisions, double[] logDeterminants)
        implements Predictor {
    /** The product of what some regularisations make of the rows, each to the power of its trust. */
    static DensityProduct of(ClassSums sums, List<Regularisation> factors) {
        double[][] means = ClassDensities.means(sums);
        boolean common = factors.stream().allMatch(how -> how.pooling() == 1);
        int shapes = common ? 1 : means.length;
        List<double[][]> sum = new ArrayList<>();
        for (int k = 0; k < shapes; k++) {
            sum.add(IntStream.rangeClosed(1, means[k].length)
                    .mapToObj(double[]::new)
                    .toArray(double[][]::new));
        }
        double[] logDeterminants = new double[shapes];
        for (Regularisation how : factors) {
            ClassDensities densities = ClassDensities.of(sums, how);
            for (int k = 0; k < shapes; k++) {
                densities.covariance(k).addInverse(how.trust(), sum.get(k));
                logDeterminants[k] += how.trust() * densities.covariance(k).logDeterminant();
            }
        }
        return new DensityProduct(
                ClassShares.of(sums),
                means,
                sum.stream().map(precision -> Cholesky.of(precision, 0)).toList(),
                logDeterminants);
    }

    @Override
    public int columns() {
        return means[0].length;
    }

    @Override
    public Matrix predict(Matrix rows) {
        Matrix chances = Matrix.filled(rows.rows(), means.length, 0);
        double[] logDensities = new double[means.length];
        double[] from = new double[rows.columns()];
        for (int r = 0; r < rows.rows(); r++) {
            int row = r;
            for (int k = 0; k < means.length; k++) {
                double[] mean = means[k];
                int shape = Math.min(k, precisions.size() - 1);
                Arrays.setAll(from, c -> rows.get(row, c) - mean[c]);
                logDensities[k] = -(precisions.get(shape).squared(from) + logDeterminants[shape]) / 2;
            }
            double[] of = classes.chances(logDensities, 1);
            for (int k = 0; k < of.length; k++) {
                chances.set(r, k, (float) of[k]);
            }
        }
        return chances;
    }
}
