package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/**
 * Logistic regression with a penalty on squared weights. Each step goes to the maximum of a parabola below the likelihood, whose
 * curvature is the same everywhere (Boehning and Lindsay, Annals of the Institute of Statistical Mathematics 1988), with Nesterov's
 * momentum.
 */
final class LogisticRegression {
    private static final int STEPS = 50;
    /** No likelihood is more curved than so by a row's log odds. */
    private static final double CURVATURE = 0.25;

    private final Matrix rows;
    private final float[] labels;
    private final ColumnProducts products;

    /** @param labels 1 for rows of the second class, 0 for others */
    LogisticRegression(Matrix rows, float[] labels) {
        this.rows = rows;
        this.labels = labels;
        this.products = new ColumnProducts(rows.columns());
        products.add(rows);
    }

    /** @param most effective degrees of freedom, intercept not counted; positive */
    LinearFit fit(double most) {
        int columns = rows.columns();
        double penalty = products.penalty(variance(), most);
        Cholesky bound = Cholesky.of(products.centred(CURVATURE), penalty);
        // What a row of means has stands behind the weights.
        double[] now = new double[columns + 1];
        double[] before = now;
        for (int step = 0; step < STEPS; step++) {
            double momentum = step / (step + 3.0);
            double[] ahead = new double[columns + 1];
            for (int c = 0; c <= columns; c++) {
                ahead[c] = now[c] + momentum * (now[c] - before[c]);
            }
            double[] slopes = new double[columns];
            double missing = slopes(ahead, slopes);
            for (int c = 0; c < columns; c++) {
                slopes[c] -= products.mean(c) * missing + penalty * ahead[c];
            }
            double[] change = bound.solve(slopes);
            before = now;
            now = ahead;
            for (int c = 0; c < columns; c++) {
                now[c] += change[c];
            }
            now[columns] += missing / (CURVATURE * rows.rows());
        }
        return uncentred(now);
    }

    /** The model whose last parameter is what a row of means has. */
    private LinearFit uncentred(double[] parameters) {
        double[] weights = new double[rows.columns()];
        double intercept = parameters[weights.length];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = parameters[c];
            intercept -= weights[c] * products.mean(c);
        }
        return new LinearFit(weights, intercept);
    }

    /** Adds the likelihood's derivatives by the weights, of columns that are not centred; gives that by the intercept. */
    private double slopes(double[] parameters, double[] slopes) {
        float[] odds = new float[rows.rows()];
        uncentred(parameters).predict(rows, odds, 0);
        double missing = 0;
        for (int r = 0; r < odds.length; r++) {
            double miss = labels[r] - 1 / (1 + Math.exp(-odds[r]));
            missing += miss;
            for (int c = 0; c < slopes.length; c++) {
                slopes[c] += miss * rows.get(r, c);
            }
        }
        return missing;
    }

    private double variance() {
        double share = 0;
        for (float label : labels) {
            share += label / labels.length;
        }
        return share * (1 - share);
    }
}
