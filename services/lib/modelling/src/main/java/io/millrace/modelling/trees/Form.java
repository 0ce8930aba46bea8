package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;

/**
 * How raw outputs of the boosters become predictions.
 *
 * @param family {@code boosting} or {@code forest}
 * @param outputs classes, or 1 for regression
 * @param rounds rounds of boosting that are used, later ones being no better; trees per booster of a forest
 * @param mean what a regression adds to its scaled output: the mean of the training targets
 * @param scale what a regression multiplies its output by: their standard deviation
 * @param prior share of every class in the training rows, half a row's where none has it; empty for regression
 */
record Form(String family, int outputs, int rounds, double mean, double scale, double[] prior) {
    boolean isForest() {
        return family.equals(TreesConfiguration.FOREST);
    }

    boolean isClassification() {
        return prior.length > 0;
    }

    /** Columns that a forest votes on: one per class, but one only for two classes or a value. */
    int votes() {
        return outputs == 2 ? 1 : outputs;
    }
}
