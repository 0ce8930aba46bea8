package io.millrace.planner.core;

import io.millrace.configuration.TreesConfiguration;

/** A configuration of trees open for change; what is not named stays as it is. */
final class AlteredTrees {
    private final TreesConfiguration origin;
    private int rounds;
    private double learningRate;
    private int patience;
    private int maxDepth;
    private int maxLeaves;
    private double minChildWeight;
    private double rowSample;
    private double columnSample;
    private double l2;

    AlteredTrees(TreesConfiguration origin) {
        this.origin = origin;
        this.rounds = origin.rounds();
        this.learningRate = origin.learningRate();
        this.patience = origin.patience();
        this.maxDepth = origin.maxDepth();
        this.maxLeaves = origin.maxLeaves();
        this.minChildWeight = origin.minChildWeight();
        this.rowSample = origin.rowSample();
        this.columnSample = origin.columnSample();
        this.l2 = origin.l2();
    }

    AlteredTrees steps(double rate, int most, int waiting) {
        learningRate = rate;
        rounds = most;
        patience = waiting;
        return this;
    }

    AlteredTrees size(int depth, int leaves) {
        maxDepth = depth;
        maxLeaves = leaves;
        return this;
    }

    AlteredTrees penalties(double childWeight, double leafValues) {
        minChildWeight = childWeight;
        l2 = leafValues;
        return this;
    }

    AlteredTrees samples(double rows, double columns) {
        rowSample = rows;
        columnSample = columns;
        return this;
    }

    TreesConfiguration build() {
        return new TreesConfiguration(
                origin.family(),
                rounds,
                learningRate,
                maxDepth,
                maxLeaves,
                minChildWeight,
                rowSample,
                columnSample,
                l2,
                origin.l1(),
                origin.maxBins(),
                patience);
    }
}
