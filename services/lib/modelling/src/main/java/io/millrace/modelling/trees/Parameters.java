package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;

/** XGBoost's parameters for a configuration. */
final class Parameters {
    private Parameters() {}

    /** Parameters of one boosted model. {@code outputs} is the number of classes, or 1 for regression. */
    static Map<String, Object> boosting(TreesConfiguration trees, boolean classification, int outputs, long seed) {
        Map<String, Object> parameters = common(trees, seed);
        parameters.put("learning_rate", trees.learningRate());
        parameters.put("colsample_bytree", trees.columnSample());
        if (!classification) {
            parameters.put("objective", "reg:squarederror");
            parameters.put("base_score", 0.0);
        } else if (outputs == 2) {
            parameters.put("objective", "binary:logistic");
        } else {
            parameters.put("objective", "multi:softprob");
            parameters.put("num_class", outputs);
        }
        return parameters;
    }

    /**
     * Parameters of a forest for one column of votes: trees that each predict the mean of a leaf, which for the
     * indicator of a class is its share. (One Newton step on the logistic loss, XGBoost's usual forest, gives scores
     * that are no probabilities.)
     */
    static Map<String, Object> forest(TreesConfiguration trees, int parallel, double mean, long seed) {
        Map<String, Object> parameters = common(trees, seed);
        parameters.put("learning_rate", 1.0);
        parameters.put("num_parallel_tree", parallel);
        parameters.put("colsample_bynode", trees.columnSample());
        parameters.put("objective", "reg:squarederror");
        parameters.put("base_score", mean);
        return parameters;
    }

    private static Map<String, Object> common(TreesConfiguration trees, long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("tree_method", "hist");
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        parameters.put("seed", Math.floorMod(seed ^ (seed >>> 32), Integer.MAX_VALUE));
        parameters.put("seed_per_iteration", 1); // else the thread's earlier fits would tell
        parameters.put("grow_policy", trees.maxLeaves() > 0 ? "lossguide" : "depthwise");
        parameters.put("max_leaves", trees.maxLeaves());
        parameters.put("max_depth", trees.maxDepth());
        parameters.put("min_child_weight", trees.minChildWeight());
        parameters.put("subsample", trees.rowSample());
        parameters.put("lambda", trees.l2());
        parameters.put("alpha", trees.l1());
        parameters.put("max_bin", trees.maxBins());
        return parameters;
    }
}
