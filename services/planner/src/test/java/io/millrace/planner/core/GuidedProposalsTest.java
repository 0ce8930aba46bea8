package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GuidedProposalsTest {
    private static final DatasetProfiled DATASET = Given.trials(500, 120);

    @Test
    void mostVariantsOfANetworkKeepWhatItsLearningRateRangeDependsOn() {
        Workers run = run(SearchStrategy.DIAGNOSIS, 400);
        List<TrialRequested> variants =
                variants(run).stream().filter(GuidedProposalsTest::isNetwork).toList();

        long kept = variants.stream()
                .filter(v -> key(v).equals(key(leaderOf(run, v))))
                .count();
        assertThat(kept / (double) variants.size()).isBetween(0.6, 0.95);
        assertThat(variants)
                .allMatch(v -> !v.configuration().equals(leaderOf(run, v).configuration()));
    }

    @Test
    void everyVariantTellsWhatItRestsOnAndStaysInItsFamily() {
        Workers run = run(SearchStrategy.DIAGNOSIS, 120);

        assertThat(variants(run)).hasSizeGreaterThan(40).allSatisfy(v -> {
            assertThat(v.configuration().family())
                    .isEqualTo(leaderOf(run, v).configuration().family());
            assertThat(v.reason()).contains(v.configuration().family()).contains("behind the best");
        });
    }

    @Test
    void noConfigurationIsProposedTwice() {
        List<Configuration> all = run(SearchStrategy.DIAGNOSIS, 120).requests().stream()
                .filter(r -> r.rung() == 0 && r.rowLimit().isEmpty())
                .map(TrialRequested::configuration)
                .toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void theGuidedSearchGetsCloserToTheBestBoostingThanRandomSearch() {
        int wins = 0;
        for (int seed = 0; seed < 40; seed++) {
            wins += best(SearchStrategy.DIAGNOSIS, seed) < best(SearchStrategy.RANDOM, seed) ? 1 : 0;
        }
        // Of equals one in a hundred would win as many.
        assertThat(wins).isGreaterThanOrEqualTo(28);
    }

    /** The least error where it depends on the numbers of the boosting alone. */
    private static double best(SearchStrategy strategy, int seed) {
        Workers run = workers(strategy);
        run.run(Given.seeded(DATASET, seed), Given.START);
        return run.requests().stream()
                .mapToDouble(GuidedProposalsTest::error)
                .min()
                .orElseThrow();
    }

    private static Workers run(SearchStrategy strategy, int trials) {
        Workers run = workers(strategy);
        run.run(Given.trials(500, trials), Given.START);
        return run;
    }

    private static Workers workers(SearchStrategy strategy) {
        return new Workers(2, r -> 1, r -> Given.scored(r, error(r), 1))
                .under(new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of()));
    }

    private static double error(TrialRequested request) {
        if (request.configuration() instanceof TreesConfiguration t) {
            return 0.3
                    + 0.05 * Math.abs(Math.log(t.minChildWeight() / 6))
                    + 0.1 * Math.abs(t.rowSample() - 0.72)
                    + 0.1 * Math.abs(t.columnSample() - 0.44)
                    + 0.02 * Math.abs(Math.log(t.l2() / 4));
        }
        if (request.configuration() instanceof NeighboursConfiguration
                || request.configuration() instanceof GaussianConfiguration) {
            return 0.4;
        }
        NetworkConfiguration n = (NetworkConfiguration) request.configuration();
        return 0.31
                + 0.1 * Math.abs(n.dropout() - 0.22)
                + 0.01 * Math.abs(Math.log(Math.max(1e-6, n.weightDecay()) / 5e-3));
    }

    private static List<TrialRequested> variants(Workers run) {
        return run.requests().stream()
                .filter(r -> r.rung() == 0 && r.reason().startsWith("Varies t"))
                .collect(Collectors.toList());
    }

    private static boolean isNetwork(TrialRequested request) {
        return request.configuration() instanceof NetworkConfiguration;
    }

    private static TrialRequested leaderOf(Workers run, TrialRequested variant) {
        String leader = variant.reason().substring("Varies ".length()).replaceAll(":.*", "");
        return run.requests().stream()
                .filter(r -> r.trial().equals(leader))
                .findFirst()
                .orElseThrow();
    }

    private static String key(TrialRequested request) {
        return RangeTest.key((NetworkConfiguration) request.configuration());
    }
}
