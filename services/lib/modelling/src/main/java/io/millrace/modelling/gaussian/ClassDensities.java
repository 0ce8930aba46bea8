package io.millrace.modelling.gaussian;

import io.millrace.modelling.linear.Cholesky;
import io.millrace.modelling.linear.ColumnProducts;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian density per class, from which follows how probable each is: regularised discriminant analysis (Friedman, JASA 1989).
 * Linear and quadratic discriminant analysis are its ends.
 *
 * @param shares share of each class in the training rows
 * @param means per class and column
 * @param factors per class of the covariance, or one for all
 * @param trust power that densities are taken to
 * @param doubt weight of the shares in every probability: what is far from all classes would be certain without it
 */
record ClassDensities(double[] shares, double[][] means, List<Cholesky> factors, double trust, double doubt)
        implements Predictor {
    /** Rows that a class counts as of which no training row is. */
    private static final double UNSEEN = 0.5;
    /** Training rows that are taken to be of any class. */
    private static final double STRAY = 0.1;
    /** No variance is less than so many of the mean one, rounding or not. */
    private static final double LEAST = 1e-6;

    static ClassDensities of(ClassSums sums, Regularisation how) {
        int classes = sums.byClass().size();
        double[] shares = sums.byClass().stream()
                .mapToDouble(own -> Math.max((double) own.rows(), UNSEEN))
                .toArray();
        double rows = Arrays.stream(shares).sum();
        Arrays.setAll(shares, k -> shares[k] / rows);
        double free = Math.max(1, sums.rows() - classes);
        double[][] pooled = pooled(sums, free);
        double[][] means = new double[classes][pooled.length];
        List<Cholesky> factors = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            ColumnProducts own = sums.byClass().get(k);
            Arrays.setAll(means[k], own::mean);
            if (how.pooling() < 1 || k == 0) {
                factors.add(factor(own, pooled, free, how));
            }
        }
        return new ClassDensities(shares, means, factors, how.trust(), STRAY / (rows + 1));
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

    /** The same with another trust. */
    ClassDensities trusting(double power) {
        return new ClassDensities(shares, means, factors, power, doubt);
    }

    @Override
    public int columns() {
        return means[0].length;
    }

    @Override
    public Matrix predict(Matrix rows) {
        Matrix chances = Matrix.filled(rows.rows(), shares.length, 0);
        double[][] logDensities = logDensities(rows);
        for (int r = 0; r < rows.rows(); r++) {
            double[] of = chances(logDensities[r]);
            for (int k = 0; k < of.length; k++) {
                chances.set(r, k, (float) of[k]);
            }
        }
        return chances;
    }

    /** Logarithm of the density of each class at each row, up to what they have in common. */
    double[][] logDensities(Matrix rows) {
        double[][] logDensities = new double[rows.rows()][shares.length];
        double[] from = new double[rows.columns()];
        for (int k = 0; k < shares.length; k++) {
            double[] mean = means[k];
            Cholesky factor = factors.get(Math.min(k, factors.size() - 1));
            double logDeterminant = factor.logDeterminant();
            for (int r = 0; r < rows.rows(); r++) {
                int row = r;
                Arrays.setAll(from, c -> rows.get(row, c) - mean[c]);
                double distance = 0;
                for (double z : factor.whiten(from)) {
                    distance += z * z;
                }
                logDensities[r][k] = -(distance + logDeterminant) / 2;
            }
        }
        return logDensities;
    }

    /** What follows from densities for the chance of each class. */
    double[] chances(double[] logDensities) {
        double[] chances = new double[shares.length];
        Arrays.setAll(chances, k -> Math.log(shares[k]) + trust * logDensities[k]);
        double most = Arrays.stream(chances).max().orElseThrow();
        Arrays.setAll(chances, k -> Math.exp(chances[k] - most));
        double sum = Arrays.stream(chances).sum();
        Arrays.setAll(chances, k -> chances[k] / sum + doubt * (shares[k] - chances[k] / sum));
        return chances;
    }
}
