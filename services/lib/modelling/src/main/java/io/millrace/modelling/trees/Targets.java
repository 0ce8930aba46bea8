package io.millrace.modelling.trees;

import io.millrace.modelling.table.Table;
import java.util.Arrays;

/**
 * The targets that trees are fitted to. A regression's are standardised, so that penalties mean the same on every data
 * set and floats keep their digits.
 *
 * @param outputs classes, or 1 for regression
 * @param mean mean of a regression's training targets, otherwise 0
 * @param scale their standard deviation, otherwise 1
 * @param prior share of every class in the training rows, half a row's where none has it; empty for regression
 */
record Targets(int outputs, double mean, double scale, double[] prior) {
    /** Rows that a class counts as of which no training row is: it is rare, not impossible. */
    private static final double UNSEEN = 0.5;

    static Targets fit(Table table, int[] training) {
        int outputs = table.profile().outputs();
        double[] values = of(table, training);
        if (table.profile().task().isClassification()) {
            double[] prior = new double[outputs];
            for (double y : values) {
                prior[(int) y] += 1.0 / values.length;
            }
            Arrays.setAll(prior, c -> Math.max(prior[c], UNSEEN / values.length));
            return new Targets(outputs, 0, 1, prior);
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(y -> (y - mean) * (y - mean))
                .average()
                .orElse(0));
        return new Targets(1, mean, deviation > 0 ? deviation : 1, new double[0]);
    }

    /** Targets of some rows as they are in the table. */
    static double[] of(Table table, int[] rows) {
        return Arrays.stream(rows).mapToDouble(r -> table.target()[r]).toArray();
    }

    /** Targets of some rows as boosting takes them: class index, or standardised value. */
    float[] labels(Table table, int[] rows) {
        float[] labels = new float[rows.length];
        for (int r = 0; r < rows.length; r++) {
            labels[r] = (float) ((table.target()[rows[r]] - mean) / scale);
        }
        return labels;
    }

    /** 1 for rows of a class, 0 for others. */
    float[] indicator(Table table, int[] rows, int positive) {
        float[] labels = new float[rows.length];
        for (int r = 0; r < rows.length; r++) {
            labels[r] = (int) table.target()[rows[r]] == positive ? 1 : 0;
        }
        return labels;
    }

    /** The form of a model with these targets. */
    Form form(String family, int rounds) {
        return new Form(family, outputs, rounds, mean, scale, prior);
    }
}
