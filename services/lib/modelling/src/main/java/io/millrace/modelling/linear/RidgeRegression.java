package io.millrace.modelling.linear;

import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/** Least squares with a penalty on squared weights (Hoerl and Kennard, Technometrics 1970), of rows that come in chunks. */
public final class RidgeRegression {
    private final ColumnProducts products;
    private final double[] withTarget;
    private double targets;
    private long rows;

    RidgeRegression(int columns) {
        this.products = new ColumnProducts(columns);
        this.withTarget = new double[columns];
    }

    /**
     * Fits rows of a table.
     *
     * @param targets one per row
     * @param most effective degrees of freedom, intercept not counted; positive
     */
    public static LinearFit fit(NetworkEncoder encoder, Table table, int[] rows, float[] targets, double most) {
        RidgeRegression regression = new RidgeRegression(encoder.width());
        encoder.encode(table, rows, (from, encoded) -> regression.add(encoded.dense(), targets, from));
        return regression.fit(most);
    }

    /** Takes rows; target {@code from + r} belongs to row r. */
    void add(Matrix some, float[] target, int from) {
        products.add(some);
        for (int r = 0; r < some.rows(); r++) {
            double y = target[from + r];
            for (int c = 0; c < withTarget.length; c++) {
                withTarget[c] += some.get(r, c) * y;
            }
            targets += y;
        }
        rows += some.rows();
    }

    /** @param most effective degrees of freedom, intercept not counted; positive */
    LinearFit fit(double most) {
        double[] slopes = new double[withTarget.length];
        for (int c = 0; c < slopes.length; c++) {
            slopes[c] = withTarget[c] - products.mean(c) * targets;
        }
        double[] weights =
                Cholesky.of(products.centred(1), products.penalty(1, most)).solve(slopes);
        return products.uncentred(weights, targets / rows);
    }
}
