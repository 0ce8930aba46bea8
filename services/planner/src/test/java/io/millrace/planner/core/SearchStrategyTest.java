package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The opponents that the search is held against share its portfolio and differ in what comes after. */
class SearchStrategyTest {
    private static final Diagnosis OVERFITTING =
            new Diagnosis(Verdict.GENERALIZATION, 1, Map.of("gapShare", 0.3), "It overfits.");

    @Test
    void everyStrategyBeginsWithTheSamePortfolio() {
        DatasetProfiled dataset = Given.trials(20_000, 60);
        int portfolio = new Portfolio(dataset).proposals().size();

        assertThat(firstLooks(dataset, SearchStrategy.HALVING).subList(0, portfolio))
                .extracting(TrialRequested::configuration)
                .isEqualTo(firstLooks(dataset, SearchStrategy.RANDOM).subList(0, portfolio).stream()
                        .map(TrialRequested::configuration)
                        .toList())
                .isEqualTo(new Portfolio(dataset)
                        .proposals().stream().map(Proposal::configuration).toList());
    }

    @Test
    void onlyTheDiagnosisCures() {
        DatasetProfiled dataset = Given.trials(500, 60);

        assertThat(firstLooks(dataset, SearchStrategy.DIAGNOSIS))
                .anyMatch(r -> r.cause().isPresent());
        for (SearchStrategy opponent : List.of(SearchStrategy.HALVING, SearchStrategy.RANDOM)) {
            assertThat(firstLooks(dataset, opponent))
                    .hasSize(60)
                    .noneMatch(r -> r.cause().isPresent())
                    .noneMatch(r -> r.rowLimit().isPresent());
        }
    }

    @Test
    void halvingPromotesLeadersAndVariesThem() {
        Workers run = run(Given.trials(20_000, 60), SearchStrategy.HALVING, 1);

        assertThat(run.requests()).anyMatch(r -> r.rung() == 1);
        assertThat(run.requests()).anyMatch(r -> r.reason().startsWith("Varies t"));
    }

    @Test
    void randomSearchTrainsEverythingOnAllFoldsAndAsksForTheSameWhateverComesOfIt() {
        DatasetProfiled dataset = Given.trials(20_000, 60);
        Workers run = run(dataset, SearchStrategy.RANDOM, 1);
        Workers reversed = run(dataset, SearchStrategy.RANDOM, -1);

        assertThat(run.requests()).allMatch(r -> r.rung() == 0 && r.folds().equals(List.of(0, 1, 2, 3, 4)));
        assertThat(run.requests())
                .extracting(TrialRequested::configuration)
                .isEqualTo(reversed.requests().stream()
                        .map(TrialRequested::configuration)
                        .toList());
    }

    @Test
    void aPolicyThatAnEarlierReleaseRecordedTellsByItsCures() {
        assertThat(recorded(true).strategy()).isEqualTo(SearchStrategy.DIAGNOSIS);
        assertThat(recorded(false).strategy()).isEqualTo(SearchStrategy.HALVING);
    }

    private static SearchPolicy recorded(boolean cures) {
        String json = "{\"window\":4,\"defaultBudget\":\"PT5M\",\"cures\":" + cures + ",\"records\":{}}";
        return Json.read(json.getBytes(StandardCharsets.UTF_8), SearchPolicy.class);
    }

    private static List<TrialRequested> firstLooks(DatasetProfiled dataset, SearchStrategy strategy) {
        return run(dataset, strategy, 1).requests().stream()
                .filter(r -> r.rung() == 0)
                .sorted(Comparator.comparingInt(TrialRequested::number))
                .toList();
    }

    /** A run of trials that all overfit, whose errors rank them one way or the other. */
    private static Workers run(DatasetProfiled dataset, SearchStrategy strategy, int sign) {
        Workers run = new Workers(2, r -> 1, r -> Given.diagnosed(r, 1 + sign * Given.error(r), OVERFITTING))
                .under(new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of()));
        run.run(dataset, Given.START);
        return run;
    }
}
