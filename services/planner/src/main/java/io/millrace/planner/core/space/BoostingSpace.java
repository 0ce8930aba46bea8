package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Choices.choices;
import static io.millrace.planner.core.space.Ladder.ladder;
import static io.millrace.planner.core.space.Stretch.linear;
import static io.millrace.planner.core.space.Stretch.logarithmic;
import static io.millrace.planner.core.space.TreesQuantities.BAGGING;
import static io.millrace.planner.core.space.TreesQuantities.BASE;
import static io.millrace.planner.core.space.TreesQuantities.BINS;
import static io.millrace.planner.core.space.TreesQuantities.COLUMN_SAMPLE;
import static io.millrace.planner.core.space.TreesQuantities.DEPTH;
import static io.millrace.planner.core.space.TreesQuantities.GROWTH;
import static io.millrace.planner.core.space.TreesQuantities.L1;
import static io.millrace.planner.core.space.TreesQuantities.L2;
import static io.millrace.planner.core.space.TreesQuantities.LEAF_WEIGHT;
import static io.millrace.planner.core.space.TreesQuantities.LEARNING_RATE;
import static io.millrace.planner.core.space.TreesQuantities.LEAVES;
import static io.millrace.planner.core.space.TreesQuantities.PAIRS;
import static io.millrace.planner.core.space.TreesQuantities.PATIENCE;
import static io.millrace.planner.core.space.TreesQuantities.ROUNDS;
import static io.millrace.planner.core.space.TreesQuantities.ROW_SAMPLE;

import io.millrace.configuration.BoostingBase;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.planner.core.space.TreesQuantities.Growth;
import java.util.List;

/** Boosted trees of XGBoost's histogram method. */
final class BoostingSpace {
    static final Space<TreesConfiguration> SPACE = new Space<>(
            TreesConfiguration.BOOSTING,
            13, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    LEARNING_RATE.in(
                            logarithmic(0.015, 0.3).varied(0.6, 1.6),
                            1,
                            "XGBoost's 0.3 and below; no slower for the time"),
                    ROUNDS.in(logarithmic(20, 240), 0.05, "60 is usual here (Portfolio); cures double it"),
                    PATIENCE.in(logarithmic(1, 10), 0.05, "2.5 is usual here (Portfolio)"),
                    GROWTH.in(
                            choices(Growth.LEVELS, 3).or(Growth.LEAVES, 2),
                            0.05,
                            "XGBoost by levels, LightGBM by leaves (Ke et al., NeurIPS 2017)"),
                    DEPTH.in(
                            ladder(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).reaching(2),
                            1,
                            "3 to 10 in Gorishniy et al. 2021, appendix on XGBoost"),
                    LEAVES.in(logarithmic(4, 512).varied(0.5, 2).ofWholeNumbers(), 1, "31 in LightGBM"),
                    LEAF_WEIGHT.in(logarithmic(0.05, 30), 1, "Gorishniy et al. 2021, appendix on XGBoost, less wide"),
                    ROW_SAMPLE.in(linear(0.4, 1), 1, "0.5 to 1 in Gorishniy et al. 2021, appendix on XGBoost"),
                    COLUMN_SAMPLE.in(
                            linear(0.2, 1),
                            1,
                            "0.5 to 1 in Gorishniy et al. 2021, appendix on XGBoost; fewer in the portfolio"),
                    L2.in(logarithmic(0.05, 30).orZero(), 1, "Gorishniy et al. 2021, appendix on XGBoost, less wide"),
                    L1.in(logarithmic(0.01, 10).orZero(), 0.1, "Gorishniy et al. 2021, appendix on XGBoost, less wide"),
                    BASE.in(
                            choices(BoostingBase.CONSTANT, 1).or(BoostingBase.LINEAR, 1),
                            0.1,
                            "which is better is a matter of the data set (modelling README)"),
                    PAIRS.in(
                            ladder(0, 8, 16),
                            0.1,
                            "operators of OpenFE on numbers (Zhang et al., arXiv 2211.12507); a matter of the data set (modelling README)"),
                    BINS.in(
                            ladder(32, 64, 128, 256),
                            0.03,
                            "256 in XGBoost; 128 cost nothing, nor do 32 of pixels (modelling README)"),
                    BAGGING.in(
                            choices(Bag.USUAL, 6).or(Bag.SEEDS, 2).or(Bag.SAMPLES, 1),
                            0.05,
                            "samples as in Breiman 1996; other seeds were better here (modelling README)")));

    private BoostingSpace() {}
}
