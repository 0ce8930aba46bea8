package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Ladder.ladder;
import static io.millrace.planner.core.space.Stretch.linear;
import static io.millrace.planner.core.space.Stretch.logarithmic;
import static io.millrace.planner.core.space.TreesQuantities.BINS;
import static io.millrace.planner.core.space.TreesQuantities.COLUMN_SAMPLE;
import static io.millrace.planner.core.space.TreesQuantities.DEPTH;
import static io.millrace.planner.core.space.TreesQuantities.L1;
import static io.millrace.planner.core.space.TreesQuantities.L2;
import static io.millrace.planner.core.space.TreesQuantities.LEAF_WEIGHT;
import static io.millrace.planner.core.space.TreesQuantities.ROW_SAMPLE;
import static io.millrace.planner.core.space.TreesQuantities.TREES;

import io.millrace.configuration.TreesConfiguration;
import java.util.List;

/** A random forest of XGBoost trees. */
final class ForestSpace {
    static final Space<TreesConfiguration> SPACE = new Space<>(
            TreesConfiguration.FOREST,
            1, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    TREES.in(
                            ladder(50, 100, 200, 400).reaching(1),
                            0.1,
                            "more do no harm (Probst and Boulesteix, arXiv 1705.05654)"),
                    DEPTH.in(ladder(10, 12, 14, 16).reaching(2), 1, "unlimited gained nothing (modelling README)"),
                    LEAF_WEIGHT.in(logarithmic(0.5, 30), 1, "node size in Probst et al., arXiv 1804.03515"),
                    ROW_SAMPLE.in(linear(0.4, 1), 1, "0.632 as drawn with replacement (Breiman 2001)"),
                    COLUMN_SAMPLE.in(linear(0.2, 1), 1, "the one that matters most in Probst et al., arXiv 1804.03515"),
                    L2.in(logarithmic(0.05, 30).orZero(), 1, "as of boosting"),
                    L1.in(logarithmic(0.01, 10).orZero(), 0.1, "as of boosting"),
                    BINS.in(ladder(32, 64, 128, 256), 0.03, "as of boosting")));

    private ForestSpace() {}
}
