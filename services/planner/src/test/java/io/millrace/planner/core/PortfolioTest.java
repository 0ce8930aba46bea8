package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static final Duration BUDGET = Duration.ofMinutes(2);

    private static double firstRate(DatasetProfiled dataset) {
        Proposal first = new Portfolio(dataset).proposals().get(0);
        return ((TreesConfiguration) first.configuration()).learningRate();
    }

    @Test
    void boostingHurriesWhereAFoldWouldTakeMuchOfTheBudget() {
        assertThat(firstRate(Given.budget(9_000, BUDGET))).isEqualTo(.08);
        assertThat(firstRate(Given.pixels(BUDGET))).isEqualTo(.3);
    }

    @Test
    void treesOnPixelsLookAtFewOfThemInFewBins() {
        assertThat(trees(Given.pixels(BUDGET))).hasSizeGreaterThan(10).allSatisfy(t -> {
            assertThat(t.maxBins()).isEqualTo(32);
            assertThat(t.columnSample()).isLessThanOrEqualTo(t.family().equals(TreesConfiguration.BOOSTING) ? .2 : .7);
        });
        assertThat(trees(Given.budget(9_000, BUDGET)))
                .extracting(t -> t.maxBins())
                .containsOnly(128);
    }

    private static List<TreesConfiguration> trees(DatasetProfiled dataset) {
        return configurations(dataset, TreesConfiguration.class);
    }

    private static <T extends Configuration> List<T> configurations(DatasetProfiled dataset, Class<T> kind) {
        return new Portfolio(dataset)
                .proposals().stream()
                        .map(Proposal::configuration)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .toList();
    }

    @Test
    void boostingSeesTwoNumbersAtATimeWhereThereAreSomeAndEarlyInRegressions() {
        DatasetProfiled dataset = Given.budget(9_000, BUDGET);
        DatasetProfiled regression = Given.aimedAt(Task.REGRESSION, Metric.RMSE, dataset);

        assertThat(trees(regression).get(1).pairs()).contains(16);
        assertThat(trees(dataset).get(1).pairs()).isEmpty();
        assertThat(trees(dataset)).extracting(TreesConfiguration::pairs).contains(Optional.of(8));
        assertThat(List.of(Given.pixels(BUDGET), Given.withColumns(dataset, 1, 9), Given.withColumns(regression, 0, 9)))
                .allSatisfy(d -> assertThat(trees(d))
                        .extracting(TreesConfiguration::pairs)
                        .containsOnly(Optional.empty()));
    }

    @Test
    void treesThatCorrectALinearModelSeeTwoNumbersAtATimeInARegressionOfNotTooManyRows() {
        DatasetProfiled regression = Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(9_000, BUDGET));
        DatasetProfiled many = Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(90_000, BUDGET));

        assertThat(correcting(regression).pairs()).contains(16);
        assertThat(correcting(many).pairs()).isEmpty();
        assertThat(correcting(Given.budget(9_000, BUDGET)).pairs()).isEmpty();
    }

    private static TreesConfiguration correcting(DatasetProfiled dataset) {
        return trees(dataset).stream()
                .filter(TreesConfiguration::correctsLinearModel)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstNetworksOfARegressionSeeTwoNumbersAtATimeWhereThereAreSome() {
        DatasetProfiled dataset = Given.budget(9_000, BUDGET);
        DatasetProfiled regression = Given.aimedAt(Task.REGRESSION, Metric.RMSE, dataset);

        assertThat(paired(regression))
                .extracting(NetworkConfiguration::family)
                .containsExactly(NetworkConfiguration.MLP, NetworkConfiguration.TABM, NetworkConfiguration.REALMLP);
        assertThat(paired(dataset)).isEmpty();
        assertThat(paired(Given.withColumns(regression, 1, 9))).isEmpty();
    }

    @Test
    void pairsThatWouldCostTooManyEpochsOfManyRowsAreLeftOut() {
        DatasetProfiled many =
                Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(90_000, Duration.ofSeconds(10)));
        DatasetProfiled few = Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(900, Duration.ofSeconds(10)));
        DatasetProfiled time = Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.budget(90_000, Duration.ofHours(1)));

        assertThat(paired(many)).extracting(NetworkConfiguration::family).doesNotContain(NetworkConfiguration.MLP);
        assertThat(paired(few)).extracting(NetworkConfiguration::family).contains(NetworkConfiguration.MLP);
        assertThat(paired(time)).extracting(NetworkConfiguration::family).contains(NetworkConfiguration.MLP);
    }

    private static List<NetworkConfiguration> paired(DatasetProfiled dataset) {
        return configurations(dataset, NetworkConfiguration.class).stream()
                .filter(network -> network.pairs().isPresent())
                .toList();
    }

    private static double firstLeafWeight(DatasetProfiled dataset) {
        Proposal first = new Portfolio(dataset).proposals().get(0);
        return ((TreesConfiguration) first.configuration()).minChildWeight();
    }

    @Test
    void leavesOfClassificationsMayHoldRowsThatAreNearlyCertain() {
        DatasetProfiled dataset = Given.budget(9_000, BUDGET);

        assertThat(firstLeafWeight(Given.aimedAt(Task.REGRESSION, Metric.RMSE, dataset)))
                .isEqualTo(2);
        assertThat(firstLeafWeight(Given.aimedAt(Task.BINARY, Metric.LOG_LOSS, dataset)))
                .isEqualTo(.2);
    }

    @Test
    void whatTheDataMakeTheSameIsProposedOnce() {
        DatasetProfiled names = Given.withColumns(Given.budget(9_000, BUDGET), 0, 14);

        assertThat(new Portfolio(names).proposals())
                .extracting(Proposal::configuration)
                .doesNotHaveDuplicates();
        assertThat(new Portfolio(names).proposals())
                .hasSizeLessThan(
                        new Portfolio(Given.budget(9_000, BUDGET)).proposals().size());
    }
}
