package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.Activation;
import io.millrace.configuration.BoostingBase;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final TreesConfiguration SHALLOW = forest(6, 128);
    private static final TreesConfiguration DEEP = forest(14, 128);

    /** Measured with XGBoost 2.1 on 11,000 rows of 8 numbers, 100 trees: .51 s at 10 levels, 1.49 s at 14, .75 s at 14 with 32 bins. */
    @Test
    void onFewRowsTheNodesOfDeepTreesCostMoreThanTheRowsInThem() {
        CostModel model = new CostModel(Given.withColumns(Given.budget(13_750, Duration.ofMinutes(1)), 8, 0));
        double deep = units(model, DEEP);
        assertThat(deep / units(model, forest(10, 128))).isCloseTo(1.49 / 0.51, within(0.5));
        assertThat(deep / units(model, forest(14, 32))).isCloseTo(1.49 / 0.75, within(0.5));
    }

    @Test
    void onManyRowsTheyDoNotCount() {
        CostModel model = new CostModel(Given.withColumns(Given.budget(50_000_000, Duration.ofMinutes(1)), 8, 0));
        assertThat(units(model, DEEP) / units(model, SHALLOW)).isCloseTo(14 / 6.0, within(0.1));
    }

    /** Few words, as in remarks that hardly anybody makes, must not cost networks their epochs nor trees their small steps. */
    @Test
    void textsCostWhatTheirTermsDo() {
        DatasetProfiled unknown = Given.withTexts(Given.budget(2_000, Duration.ofMinutes(1)), 4, Optional.empty());
        DatasetProfiled few = Given.withTexts(unknown, 4, Optional.of(700));
        DatasetProfiled many = Given.withTexts(unknown, 4, Optional.of(4_000));
        assertThat(new NetworkDefaults(few)
                        .mlp(Optimizer.ADAMW, Activation.RELU, 0, 0, 256)
                        .epochs())
                .isGreaterThan(2
                        * new NetworkDefaults(unknown)
                                .mlp(Optimizer.ADAMW, Activation.RELU, 0, 0, 256)
                                .epochs());
        assertThat(units(new CostModel(many), SHALLOW)).isEqualTo(units(new CostModel(unknown), SHALLOW));
        assertThat(new Portfolio(many).proposals().get(0).configuration())
                .isEqualTo(new Portfolio(Given.budget(2_000, Duration.ofMinutes(1)))
                        .proposals()
                        .get(0)
                        .configuration());
    }

    /** Measured: .37 s a fold, 3,344 rows of a text of many words. */
    @Test
    void theLinearModelThatTreesCorrectCostsTime() {
        DatasetProfiled words = Given.withTexts(
                Given.withColumns(
                        Given.aimedAt(Task.BINARY, Metric.LOG_LOSS, Given.budget(4_180, Duration.ofMinutes(1))), 0, 0),
                1,
                Optional.of(1_000));
        TreesConfiguration trees = new TreesConfiguration("boosting", 1200, .05, 6, 0, .1, 1, .4, .5, 0, 128, 50);

        assertThat(baseSeconds(words, trees)).isBetween(.2, .7);
        assertThat(baseSeconds(Given.withTexts(words, 0, Optional.empty()), trees))
                .isLessThan(.01);
    }

    private static double baseSeconds(DatasetProfiled dataset, TreesConfiguration trees) {
        CostModel model = new CostModel(dataset);
        TreesConfiguration corrected =
                trees.but().base(Optional.of(BoostingBase.LINEAR)).build();
        return model.seconds(Costs.NONE, corrected, 1, Optional.empty())
                - model.seconds(Costs.NONE, trees, 1, Optional.empty());
    }

    @Test
    void pairsOfNumbersAndTheSearchForThemCostTime() {
        CostModel model =
                new CostModel(Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(20_000, Duration.ofMinutes(1))));
        TreesConfiguration trees = Portfolio.USUAL;
        double eight = units(model, trees.but().pairs(Optional.of(8)).build());
        double sixteen = units(model, trees.but().pairs(Optional.of(16)).build());

        assertThat(sixteen / units(model, trees)).isBetween(1.7, 2.7);
        assertThat(eight).isBetween(1.2 * units(model, trees), 0.9 * sixteen);
    }

    @Test
    void pairsOfNumbersAreInputsOfNetworks() {
        DatasetProfiled dataset = Given.budget(20_000, Duration.ofMinutes(1));
        NetworkConfiguration plain = new NetworkDefaults(dataset).mlp(Optimizer.ADAMW, Activation.RELU, 0, 0, 256, 128);
        NetworkConfiguration paired = plain.but().pairs(Optional.of(8)).build();

        assertThat(units(dataset, paired) / units(dataset, plain)).isBetween(1.01, 1.5);
    }

    @Test
    void whatIsNormalisedCostsMoreAndAPartOfTheRowsCostsItsPart() {
        DatasetProfiled dataset = Given.budget(20_000, Duration.ofMinutes(1));
        NetworkConfiguration plain = new NetworkDefaults(dataset).mlp(Optimizer.ADAMW, Activation.RELU, 0, 0, 256, 128);
        double units = units(dataset, plain);
        double normalised = units(
                dataset,
                plain.but().normalisation(Optional.of(Normalisation.LAYER)).build());

        assertThat(normalised / units).isBetween(1.1, 2.0);
        assertThat(units(dataset, plain.but().rowSample(Optional.of(0.25)).build()))
                .isEqualTo(units / 4);
    }

    private static double units(DatasetProfiled dataset, NetworkConfiguration network) {
        return new CostModel(dataset).units(network, 1, Optional.empty());
    }

    private static double units(CostModel model, TreesConfiguration trees) {
        return model.units(trees, 1, Optional.empty());
    }

    private static TreesConfiguration forest(int depth, int bins) {
        return new TreesConfiguration(TreesConfiguration.FOREST, 100, 1, depth, 0, 2, .63, .5, .1, 0, bins, 1);
    }
}
