package io.millrace.modelling.gaussian;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.modelling.linear.Cholesky;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A Gaussian process over rows (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006): a value's mean given those of
 * rows that are remembered.
 *
 * @param space how rows are measured
 * @param rows those that are remembered, as they are in {@code space}
 * @param kernel how alike values are
 * @param weights what each row's likeness to another counts
 */
record GaussianProcess(RowSpace space, Matrix rows, Kernel kernel, double[] weights) implements Predictor {
    private static final double[] REACH = {.25, .35, .5, .7, 1, 1.4, 2, 2.8, 4, 5.6, 8};
    private static final double[] LINEAR = {0, .1, .3, 1, 3, 10};
    private static final double[] NOISE = {.003, .01, .03, .1, .3, 1, 3, 10};
    /** Rows that are summed at once. */
    private static final int BLOCK = 4;
    /** What keeps rows that are alike from making a matrix singular, in its mean diagonal element. */
    private static final double JITTER = 1e-11;
    /** What is begun with: in the middle. */
    private static final int[] START = {4, 2, 3};

    /**
     * The process with the kernel under which some of the rows have the greatest marginal likelihood.
     *
     * @param encoded rows in an order of chance: the first are those that are compared and remembered
     * @param values one per row, 0 on average, of variance 1
     * @param most rows to remember at most; what others tell is projected on those (subset of regressors, Rasmussen and Williams 8.3)
     */
    static GaussianProcess fit(Matrix encoded, float[] values, int most, BooleanSupplier stop) {
        RowSpace space = RowSpace.of(encoded);
        Matrix all = space.measure(encoded);
        int[] compared = first(Math.min(all.rows(), GaussianConfiguration.MOST_COMPARED));
        Kernel kernel = choose(products(all.select(compared)), select(values, compared), stop);
        int affordable = (int) Math.sqrt(2 * GaussianConfiguration.MOST_PRODUCTS / all.rows());
        Matrix rows = all.select(first(Math.min(all.rows(), Math.min(most, affordable))));
        double[] weights = rows.rows() == all.rows()
                ? Cholesky.of(covariance(products(rows), kernel), kernel.noise())
                        .solve(select(values, first(values.length)))
                : projected(all, values, rows, kernel);
        return new GaussianProcess(space, rows, kernel, weights);
    }

    private static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static double[] select(float[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(r -> values[r]).toArray();
    }

    /** Least squares of all values in the likenesses to the rows that are remembered, penalised as the process has it. */
    private static double[] projected(Matrix all, float[] values, Matrix rows, Kernel kernel) {
        double[][] normal = covariance(products(rows), kernel);
        for (double[] row : normal) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= kernel.noise();
            }
        }
        double[] right = new double[rows.rows()];
        double[] lengths = lengths(rows);
        double[][] block = new double[BLOCK][rows.rows()];
        for (int from = 0; from < all.rows(); from += BLOCK) {
            for (int b = 0; b < BLOCK; b++) {
                // Behind the last row a block is filled with what counts nothing.
                if (from + b < all.rows()) {
                    likeness(all, from + b, rows, lengths, kernel, block[b]);
                    for (int i = 0; i < right.length; i++) {
                        right[i] += block[b][i] * values[from + b];
                    }
                } else {
                    Arrays.fill(block[b], 0);
                }
            }
            add(block, normal);
        }
        double diagonal = 0;
        for (int i = 0; i < normal.length; i++) {
            diagonal += normal[i][i] / normal.length;
        }
        return Cholesky.of(normal, JITTER * diagonal).solve(right);
    }

    /** Adds products of four rows at once: reading and writing the sums takes longer than the arithmetic. */
    private static void add(double[][] four, double[][] normal) {
        double[] a = four[0];
        double[] b = four[1];
        double[] c = four[2];
        double[] d = four[3];
        for (int i = 0; i < normal.length; i++) {
            double[] row = normal[i];
            double ai = a[i];
            double bi = b[i];
            double ci = c[i];
            double di = d[i];
            for (int j = 0; j <= i; j++) {
                row[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
            }
        }
    }

    private static Kernel choose(double[][] products, double[] values, BooleanSupplier stop) {
        int[] place = new GridDescent(
                        new int[] {REACH.length, LINEAR.length, NOISE.length},
                        at -> unlikeliness(
                                Cholesky.of(
                                        covariance(products, kernel(at)),
                                        kernel(at).noise()),
                                values),
                        stop)
                .from(START);
        return kernel(place);
    }

    private static Kernel kernel(int[] place) {
        return new Kernel(REACH[place[0]], LINEAR[place[1]], NOISE[place[2]]);
    }

    /** -2 times the logarithm of the marginal likelihood, up to a constant, at the scale of the values that makes it greatest. */
    private static double unlikeliness(Cholesky covariance, double[] values) {
        double squares = 0;
        for (double z : covariance.whiten(values.clone())) {
            squares += z * z;
        }
        return values.length * Math.log(squares) + covariance.logDeterminant();
    }

    /** Products of each row with those up to itself. */
    private static double[][] products(Matrix rows) {
        double[][] products = new double[rows.rows()][];
        for (int i = 0; i < products.length; i++) {
            products[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(rows, i, rows, j);
            }
        }
        return products;
    }

    private static double product(Matrix a, int row, Matrix b, int other) {
        double sum = 0;
        for (int c = 0; c < a.columns(); c++) {
            sum += (double) a.get(row, c) * b.get(other, c);
        }
        return sum;
    }

    private static double[][] covariance(double[][] products, Kernel kernel) {
        double[][] covariance = new double[products.length][];
        for (int i = 0; i < products.length; i++) {
            covariance[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = kernel.of(products[i][i] + products[j][j] - 2 * products[i][j], products[i][j]);
            }
        }
        return covariance;
    }

    private static double[] lengths(Matrix rows) {
        double[] lengths = new double[rows.rows()];
        Arrays.setAll(lengths, i -> product(rows, i, rows, i));
        return lengths;
    }

    private static void likeness(Matrix asked, int row, Matrix rows, double[] lengths, Kernel kernel, double[] into) {
        double length = product(asked, row, asked, row);
        for (int i = 0; i < into.length; i++) {
            double product = product(asked, row, rows, i);
            into[i] = kernel.of(length + lengths[i] - 2 * product, product);
        }
    }

    @Override
    public int columns() {
        return rows.columns();
    }

    @Override
    public Matrix predict(Matrix encoded) {
        Matrix asked = space.measure(encoded);
        double[] lengths = lengths(rows);
        double[] likeness = new double[rows.rows()];
        Matrix means = Matrix.filled(asked.rows(), 1, 0);
        for (int r = 0; r < asked.rows(); r++) {
            likeness(asked, r, rows, lengths, kernel, likeness);
            double mean = 0;
            for (int i = 0; i < likeness.length; i++) {
                mean += weights[i] * likeness[i];
            }
            means.set(r, 0, (float) mean);
        }
        return means;
    }
}
