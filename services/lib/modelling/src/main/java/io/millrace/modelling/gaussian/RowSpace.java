package io.millrace.modelling.gaussian;

import io.millrace.modelling.table.Matrix;

/**
 * Rows as points that are, in root mean square, 1 away from their mean, which is 0.
 *
 * @param mean of each column of the rows that it was made of
 * @param distance root mean square distance of those from it
 */
record RowSpace(double[] mean, double distance) {
    static RowSpace of(Matrix rows) {
        double[] mean = new double[rows.columns()];
        double squares = 0;
        for (int c = 0; c < mean.length; c++) {
            double before = 0;
            for (int r = 0; r < rows.rows(); r++) {
                // the mean and the squares of what is away from it, one row at a time (Welford 1962)
                double away = rows.get(r, c) - before;
                before += away / (r + 1);
                squares += away * (rows.get(r, c) - before);
            }
            mean[c] = before;
        }
        return new RowSpace(mean, squares > 0 ? Math.sqrt(squares / rows.rows()) : 1);
    }

    Matrix measure(Matrix rows) {
        Matrix measured = Matrix.filled(rows.rows(), rows.columns(), 0);
        for (int r = 0; r < rows.rows(); r++) {
            for (int c = 0; c < mean.length; c++) {
                measured.set(r, c, (float) ((rows.get(r, c) - mean[c]) / distance));
            }
        }
        return measured;
    }
}
