package io.millrace.modelling.gaussian;

import io.millrace.modelling.linear.Cholesky;
import io.millrace.modelling.linear.ColumnProducts;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Gaussian density per class: regularised discriminant analysis (Friedman, JASA 1989). Linear and quadratic discriminant analysis
 * are its ends.
 *
 * @param means per class and column
 * @param covariances factors of the covariance per class, or of one for all
 */
record ClassDensities(double[][] means, List<Cholesky> covariances) {
    /** No variance is less than so many of the mean one, rounding or not. */
    private static final double LEAST = 1e-6;

    static ClassDensities of(ClassSums sums, Regularisation how) {
        double free = Math.max(1, sums.rows() - sums.byClass().size());
        double[][] pooled = pooled(sums, free);
        return new ClassDensities(
                means(sums),
                sums.byClass().stream()
                        .limit(how.pooling() < 1 ? sums.byClass().size() : 1)
                        .map(own -> factor(own, pooled, free, how))
                        .toList());
    }

    /** Per class and column. */
    static double[][] means(ClassSums sums) {
        return sums.byClass().stream()
                .map(own ->
                        IntStream.range(0, own.columns()).mapToDouble(own::mean).toArray())
                .toArray(double[][]::new);
    }

    /** Covariance of the columns within classes; rows up to the diagonal. */
    private static double[][] pooled(ClassSums sums, double free) {
        double[][] pooled = sums.byClass().get(0).centred(1 / free);
        for (ColumnProducts more : sums.byClass().subList(1, sums.byClass().size())) {
            add(more.centred(1 / free), 1, pooled);
        }
        return pooled;
    }

    private static void add(double[][] more, double weight, double[][] sums) {
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j <= i; j++) {
                sums[i][j] += weight * more[i][j];
            }
        }
    }

    /**
     * Factor of a class's covariance. What that is shrunk to is the same for all classes: else directions in which rows hardly differ, as where
     * columns tell the same, would speak for the class that differs less everywhere.
     */
    private static Cholesky factor(ColumnProducts own, double[][] pooled, double free, Regularisation how) {
        double ofOwn = (1 - how.pooling()) * Math.max(0, own.rows() - 1);
        double ofAll = how.pooling() * free;
        double kept = (1 - how.shrinkage()) / (ofOwn + ofAll);
        double[][] covariance = own.centred(kept * (1 - how.pooling()));
        add(pooled, kept * ofAll, covariance);
        double variance = 0;
        for (int i = 0; i < pooled.length; i++) {
            variance += pooled[i][i] / pooled.length;
        }
        return Cholesky.of(covariance, Math.max(how.shrinkage() * variance, LEAST));
    }

    /** Factor of the covariance of a class. */
    Cholesky covariance(int ofClass) {
        return covariances.get(Math.min(ofClass, covariances.size() - 1));
    }

    /** Logarithm of the density of each class at each row, up to what they have in common. */
    double[][] logDensities(Matrix rows) {
        double[][] logDensities = new double[rows.rows()][means.length];
        double[] from = new double[rows.columns()];
        for (int k = 0; k < means.length; k++) {
            double[] mean = means[k];
            Cholesky covariance = covariance(k);
            double logDeterminant = covariance.logDeterminant();
            for (int r = 0; r < rows.rows(); r++) {
                int row = r;
                Arrays.setAll(from, c -> rows.get(row, c) - mean[c]);
                double distance = 0;
                for (double z : covariance.whiten(from)) {
                    distance += z * z;
                }
                logDensities[r][k] = -(distance + logDeterminant) / 2;
            }
        }
        return logDensities;
    }
}
