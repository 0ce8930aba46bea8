package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RateSchedule;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.planner.core.space.Dimension;
import io.millrace.planner.core.space.Space;
import io.millrace.planner.core.space.Spaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is proposed lies in the declared spaces, and what is declared is proposed. */
class SearchSpaceTest {
    private static final DatasetProfiled NUMBERS = Given.aimedAt(Task.REGRESSION, Metric.RMSE, Given.trials(3_000, 10));
    /** A metric for which labels may be smoothed. */
    private static final DatasetProfiled CLASSES = Given.aimedAt(Task.BINARY, Metric.ACCURACY, Given.trials(500, 10));

    private static final List<DatasetProfiled> DATA = List.of(
            Given.trials(500, 10),
            CLASSES,
            NUMBERS,
            Given.budget(200_000, Duration.ofMinutes(2)),
            Given.pixels(Duration.ofMinutes(2)),
            Given.withColumns(Given.trials(500, 10), 0, 7));

    @Test
    void thePortfolioLiesInTheSpaces() {
        assertThat(DATA).allSatisfy(d -> assertThat(new Portfolio(d).proposals())
                .extracting(Proposal::configuration)
                .allSatisfy(SearchSpaceTest::isInItsSpace));
    }

    @Test
    void everySampleLiesInItsSpace() {
        assertThat(DATA).allSatisfy(d -> assertThat(samples(d, 400)).allSatisfy(SearchSpaceTest::isInItsSpace));
    }

    @Test
    void everythingThatASearchProposesAfterThePortfolioLiesInItsSpaceAlsoVariantsOfCuredTrials() {
        Diagnosis overfitting = new Diagnosis(Verdict.GENERALIZATION, 1, Map.of("gapShare", 0.3), "It overfits.");
        for (SearchStrategy strategy : SearchStrategy.values()) {
            Workers run = new Workers(2, r -> 1, r -> Given.diagnosed(r, Given.error(r), overfitting))
                    .under(new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of()));
            run.run(Given.trials(500, 300), Given.START);

            assertThat(run.requests().stream().filter(r -> r.cause().isEmpty()).map(TrialRequested::configuration))
                    .hasSizeGreaterThan(150)
                    .allSatisfy(SearchSpaceTest::isInItsSpace);
        }
    }

    @Test
    void everyDeclaredValueThatCanBeCountedIsProposedInTheEnd() {
        List<Configuration> proposed =
                DATA.stream().flatMap(d -> samples(d, 6_000).stream()).toList();

        for (Space<?> space : Spaces.ALL) {
            List<Configuration> ofFamily = proposed.stream()
                    .filter(c -> c.family().equals(space.family()))
                    .toList();
            space.dimensions().forEach(d -> assertThat(missing(d, ofFamily))
                    .as(space.family() + " " + d.quantity().name())
                    .isEmpty());
        }
    }

    @Test
    void everyDimensionMoves() {
        for (Space<?> space : Spaces.ALL) {
            List<Configuration> ofFamily = DATA.stream()
                    .flatMap(d -> samples(d, 1_500).stream())
                    .filter(c -> c.family().equals(space.family()))
                    .toList();
            space.dimensions().forEach(d -> assertThat(values(d, ofFamily))
                    .as(space.family() + " " + d.quantity().name())
                    .hasSizeGreaterThan(1));
        }
    }

    @Test
    void whatIsUsualStaysTheMostProbable() {
        List<NetworkConfiguration> networks = samples(NUMBERS, 6_000).stream()
                .filter(NetworkConfiguration.class::isInstance)
                .map(NetworkConfiguration.class::cast)
                .toList();

        Map<Optimizer, Double> optimizers = shares(networks, NetworkConfiguration::optimizer);
        assertThat(optimizers.get(Optimizer.ADAMW)).isGreaterThan(0.8);
        assertThat(optimizers).containsOnlyKeys(Optimizer.values());
        Map<Boolean, Double> schedules = shares(networks, n -> n.schedule().isEmpty());
        assertThat(schedules.get(true)).isBetween(0.6, 0.9);
        assertThat(shares(networks, NetworkConfiguration::scheduleOrUsual)).containsOnlyKeys(RateSchedule.values());
    }

    @Test
    void familiesAreSampledAsOftenAsDeclared() {
        Map<String, Double> shares = shares(samples(NUMBERS, 4_000), Configuration::family);

        assertThat(shares.get(TreesConfiguration.BOOSTING)).isBetween(0.45, 0.55);
        assertThat(shares).containsOnlyKeys(Configuration.FAMILIES);
    }

    @Test
    void labelsAreSmoothedOnlyWhereTheMetricBearsIt() {
        assertThat(networks(Given.trials(500, 10))).allMatch(n -> n.labelSmoothing() == 0);
        assertThat(networks(CLASSES)).anyMatch(n -> n.labelSmoothing() != 0.1 && n.labelSmoothing() != 0);
        assertThat(networks(NUMBERS)).allMatch(n -> n.labelSmoothing() == 0);
        assertThat(networks(CLASSES)).allMatch(n -> n.loss().isEmpty());
    }

    private static Stream<NetworkConfiguration> networks(DatasetProfiled dataset) {
        return samples(dataset, 600).stream()
                .filter(NetworkConfiguration.class::isInstance)
                .map(NetworkConfiguration.class::cast);
    }

    private static void isInItsSpace(Configuration configuration) {
        Space<?> space = Spaces.of(configuration);
        assertThat(space.outside(configuration)).as(configuration.toString()).isEmpty();
    }

    private static List<Configuration> samples(DatasetProfiled dataset, int number) {
        RandomConfigurations samples = new RandomConfigurations(dataset);
        return IntStream.range(0, number)
                .mapToObj(i -> samples.sample(i).configuration())
                .toList();
    }

    /** The values that configurations of a family have of a dimension, where it means something for them. */
    @SuppressWarnings("unchecked") // a family has one kind of configuration
    private static <C extends Configuration, T> List<T> values(Dimension<C, T> dimension, List<Configuration> of) {
        return of.stream()
                .map(c -> (C) c)
                .filter(dimension.quantity().when())
                .map(dimension.quantity().of())
                .distinct()
                .collect(Collectors.toList());
    }

    private static <C extends Configuration, T> List<T> missing(Dimension<C, T> dimension, List<Configuration> of) {
        List<T> proposed = values(dimension, of);
        return dimension.values().all().stream()
                .filter(value -> !proposed.contains(value))
                .toList();
    }

    private static <C, K extends Comparable<K>> Map<K, Double> shares(List<C> of, Function<C, K> key) {
        return of.stream()
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.summingDouble(c -> 1.0 / of.size())));
    }
}
