package io.millrace.modelling.linear;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression with a penalty on squared weights, multinomial where there are more than two classes. Each step goes to the
 * maximum of a parabola below the likelihood, whose curvature is the same everywhere (Boehning, Annals of the Institute of
 * Statistical Mathematics 1992), with Nesterov's momentum.
 */
public final class LogisticRegression {
    private final Matrix rows;
    private final float[] labels;
    private final double[] prior;
    private final int outputs;
    /** No likelihood is more curved than so by a row's output. */
    private final double curvature;

    private final ColumnProducts products;

    /**
     * @param labels class of a row
     * @param prior share of each class, none of them 0: what is begun with
     */
    public LogisticRegression(Matrix rows, float[] labels, double[] prior) {
        this.rows = rows;
        this.labels = labels;
        this.prior = prior;
        this.outputs = outputs(prior.length);
        this.curvature = outputs == 1 ? 0.25 : 0.5;
        this.products = new ColumnProducts(rows.columns());
        products.add(rows);
    }

    /** The log odds of the second of two classes, or a logarithm per class, up to what all of a row have in common. */
    public static int outputs(int classes) {
        return classes == 2 ? 1 : classes;
    }

    /**
     * Fits an output after another.
     *
     * @param most effective degrees of freedom, intercepts not counted; positive
     */
    public List<LinearFit> fit(double most) {
        int columns = rows.columns();
        // What all classes' outputs have in common tells nothing: one of many is not free.
        double penalty = products.penalty(variance(), outputs == 1 ? most : most / (outputs - 1));
        Cholesky bound = Cholesky.of(products.centred(curvature), penalty);
        double[][] now = begin();
        double[][] before = now;
        for (int step = 0; step < TreesConfiguration.LINEAR_STEPS; step++) {
            double[][] ahead = ahead(before, now, step / (step + 3.0));
            double[][] slopes = slopes(ahead);
            before = now;
            now = ahead;
            for (int o = 0; o < outputs; o++) {
                double missing = slopes[o][columns];
                double[] right = new double[columns];
                for (int c = 0; c < columns; c++) {
                    right[c] = slopes[o][c] - products.mean(c) * missing - penalty * now[o][c];
                }
                double[] change = bound.solve(right);
                for (int c = 0; c < columns; c++) {
                    now[o][c] += change[c];
                }
                now[o][columns] += missing / (curvature * rows.rows());
            }
        }
        return uncentred(now);
    }

    /** Per output no weights, and behind them what a row of means has. */
    private double[][] begin() {
        double[][] parameters = new double[outputs][rows.columns() + 1];
        for (int o = 0; o < outputs; o++) {
            parameters[o][rows.columns()] = Math.log(outputs == 1 ? prior[1] / prior[0] : prior[o]);
        }
        return parameters;
    }

    private static double[][] ahead(double[][] before, double[][] now, double momentum) {
        double[][] ahead = new double[now.length][now[0].length];
        for (int o = 0; o < now.length; o++) {
            for (int c = 0; c < now[o].length; c++) {
                ahead[o][c] = now[o][c] + momentum * (now[o][c] - before[o][c]);
            }
        }
        return ahead;
    }

    /** The model whose last parameter is what a row of means has. */
    private List<LinearFit> uncentred(double[][] parameters) {
        int columns = rows.columns();
        return Arrays.stream(parameters)
                .map(output -> products.uncentred(Arrays.copyOf(output, columns), output[columns]))
                .toList();
    }

    /** The likelihood's derivatives, per output by the weights of columns that are not centred and last by the intercept. */
    private double[][] slopes(double[][] parameters) {
        int columns = rows.columns();
        List<LinearFit> fits = uncentred(parameters);
        double[][] slopes = new double[outputs][columns + 1];
        double[] chances = new double[outputs];
        for (int r = 0; r < labels.length; r++) {
            for (int o = 0; o < outputs; o++) {
                chances[o] = fits.get(o).of(rows, r);
            }
            link(chances);
            for (int o = 0; o < outputs; o++) {
                double miss = ((int) labels[r] == (outputs == 1 ? 1 : o) ? 1 : 0) - chances[o];
                double[] own = slopes[o];
                for (int c = 0; c < columns; c++) {
                    own[c] += miss * rows.get(r, c);
                }
                own[columns] += miss;
            }
        }
        return slopes;
    }

    /** Turns outputs into the chance of the second class, the first having 0 without being among them, or of each. */
    private static void link(double[] outputs) {
        double most = Arrays.stream(outputs).reduce(outputs.length == 1 ? 0 : Double.NEGATIVE_INFINITY, Math::max);
        double sum = outputs.length == 1 ? Math.exp(-most) : 0;
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] = Math.exp(outputs[o] - most);
            sum += outputs[o];
        }
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] /= sum;
        }
    }

    /** What a row's class varies by in a direction, on average over those that are free. */
    private double variance() {
        double varying = 1;
        for (double share : prior) {
            varying -= share * share;
        }
        return varying / (outputs == 1 ? 2 : outputs - 1);
    }
}
