package io.millrace.planner.core;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.configuration.TreesConfigurationBuilder;

/** A configuration of trees open for change, by what cures change together; what is not named stays as it is. */
final class AlteredTrees {
    private final TreesConfigurationBuilder trees;

    AlteredTrees(TreesConfiguration origin) {
        this.trees = origin.but();
    }

    AlteredTrees steps(double rate, int most, int waiting) {
        trees.learningRate(rate).rounds(most).patience(waiting);
        return this;
    }

    AlteredTrees size(int depth, int leaves) {
        trees.maxDepth(depth).maxLeaves(leaves);
        return this;
    }

    AlteredTrees penalties(double childWeight, double leafValues) {
        trees.minChildWeight(childWeight).l2(leafValues);
        return this;
    }

    AlteredTrees samples(double rows, double columns) {
        trees.rowSample(rows).columnSample(columns);
        return this;
    }

    TreesConfiguration build() {
        return trees.build();
    }
}
