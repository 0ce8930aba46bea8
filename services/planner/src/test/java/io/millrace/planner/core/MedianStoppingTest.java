package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.ProgressCurve;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.StopRule;
import io.millrace.events.Stopping;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MedianStoppingTest {
    private static final SearchPolicy RANDOM =
            new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.RANDOM, Map.of());

    @Test
    void trialsAreStoppedAndTheBestOfThemNever() {
        long with = 0;
        long without = 0;
        for (int seed = 0; seed < 20; seed++) {
            DatasetProfiled dataset = Given.seeded(Given.trials(20_000, 80), seed);
            SimulatedTraining training = new SimulatedTraining();
            Workers run = run(dataset, RANDOM.with(Stopping.MEDIAN), training);
            SimulatedTraining whole = new SimulatedTraining();
            run(dataset, RANDOM, whole);

            List<String> stopped = stopped(run);
            assertThat(stopped).hasSizeGreaterThan(10);
            assertThat(training.atTheirEnd)
                    .as("random search asks for the same")
                    .isEqualTo(whole.atTheirEnd);
            String best = training.atTheirEnd.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            assertThat(stopped).doesNotContain(best);
            with += training.steps;
            without += whole.steps;
        }
        assertThat(with).isLessThan((long) (0.8 * without));
    }

    @Test
    void aRuleComesWithTheFifthCompletedTrialOfAFamilyAndSparesTheFirstThird() {
        Workers run =
                run(Given.families(20_000, 40, "boosting"), median(SearchStrategy.RANDOM), new SimulatedTraining());

        List<TrialRequested> requests = firstLooks(run);
        assertThat(requests.subList(0, 5)).allMatch(r -> r.stopRule().isEmpty());
        assertThat(requests.subList(20, 40)).allSatisfy(r -> {
            StopRule rule = r.stopRule().orElseThrow();
            assertThat(rule.fold()).isZero();
            assertThat(rule.trials()).isBetween(5, 16);
            assertThat(ProgressCurve.progressAt(rule.firstMark())).isGreaterThan(8 / 3.0 * 0.5);
        });
    }

    @Test
    void curesProbesAndPromotionsAreTrainedToTheirEnd() {
        Workers run = run(Given.trials(20_000, 60), median(SearchStrategy.DIAGNOSIS), new SimulatedTraining());

        assertThat(run.requests()).anyMatch(r -> r.stopRule().isPresent());
        assertThat(run.requests())
                .filteredOn(r ->
                        r.rung() > 0 || r.cause().isPresent() || r.rowLimit().isPresent())
                .isNotEmpty()
                .allMatch(r -> r.stopRule().isEmpty());
    }

    @Test
    void whatWasStoppedIsNeitherPromotedNorAYardstickAndStaysOnTheLeaderboard() {
        for (long rows : List.of(500L, 20_000L)) {
            Workers run = run(Given.trials(rows, 60), median(SearchStrategy.DIAGNOSIS), new SimulatedTraining());
            SearchCompleted completed = run.completed();
            List<String> stopped = stopped(run);

            assertThat(stopped).isNotEmpty();
            assertThat(run.requests())
                    .filteredOn(r -> r.rung() > 0)
                    .extracting(TrialRequested::trial)
                    .doesNotContainAnyElementsOf(stopped);
            assertThat(completed.leaderboard())
                    .filteredOn(row -> row.stoppedBy().filter("median"::equals).isPresent())
                    .extracting(row -> row.trial())
                    .containsExactlyInAnyOrderElementsOf(stopped);
            if (rows == 500) {
                assertThat(completed.candidates())
                        .allMatch(c -> c.artifacts().folds().size() == 5);
            }
        }
    }

    @Test
    void aRunOfAnEarlierReleaseStopsNothing() {
        String json =
                "{\"window\":4,\"defaultBudget\":\"PT5M\",\"cures\":true,\"records\":{},\"search\":\"diagnosis\"}";
        SearchPolicy recorded = Json.read(json.getBytes(StandardCharsets.UTF_8), SearchPolicy.class);

        Workers run = run(Given.trials(500, 60), recorded, new SimulatedTraining());

        assertThat(run.requests()).allMatch(r -> r.stopRule().isEmpty());
        assertThat(run.state.curves()).isEmpty();
    }

    @Test
    void theStateStaysSmallThough() {
        SimulatedTraining training = new SimulatedTraining();
        Workers run = new Workers(2, r -> 0.05, training::train).under(median(SearchStrategy.DIAGNOSIS));
        run.run(Given.budget(500, Duration.ofSeconds(30)), Given.START);

        assertThat(run.state.started()).isGreaterThan(500);
        assertThat(Json.write(run.state).length).isLessThan(200_000);
    }

    @Test
    void aTrialIsHeldAgainstItsLikeAlone() {
        ProgressCurve curve = new ProgressCurve(0, -4, List.of(.5, .4, .3));
        FamilyCurve family = new FamilyCurve(Optional.empty(), curve);

        assertThat(family.at(-5)).isEmpty();
        assertThat(family.at(-3)).contains(.4);
        assertThat(family.at(9)).as("where training ended it stays").contains(.3);
    }

    private static SearchPolicy median(SearchStrategy strategy) {
        return new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of()).with(Stopping.MEDIAN);
    }

    private static Workers run(DatasetProfiled dataset, SearchPolicy policy, SimulatedTraining training) {
        Workers run = new Workers(2, r -> 1, training::train).under(policy);
        run.run(dataset, Given.START);
        return run;
    }

    private static List<String> stopped(Workers run) {
        return run.inputs.stream()
                .map(Workers.Input::event)
                .filter(MedianStoppingTest::wasStopped)
                .map(e -> ((TrialEvaluated) e).trial())
                .toList();
    }

    private static boolean wasStopped(Event event) {
        return event instanceof TrialEvaluated e && TrainingEnd.MEDIAN.ended(e.stoppedBy());
    }

    private static List<TrialRequested> firstLooks(Workers run) {
        return run.requests().stream()
                .filter(r -> r.rung() == 0)
                .sorted(Comparator.comparingInt(TrialRequested::number))
                .toList();
    }
}
