package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DataCurve.DataPoint;
import io.millrace.events.FailureKind;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The run learns once, and where it is cheap, what training on fewer rows gives, and tells the evaluator. */
class DataProbeTest {
    private static final int FOLD_ROWS = 400;

    @Test
    void theBestBoostedTreesAreTrainedAgainOnAQuarterAndOnHalfOfTheRowsOnce() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.trials(500, 40), Given.START);

        List<TrialRequested> probes = probes(run);
        assertThat(probes)
                .extracting(TrialRequested::rowLimit)
                .containsExactly(Optional.of(FOLD_ROWS / 4), Optional.of(FOLD_ROWS / 2));
        assertThat(probes).allSatisfy(p -> {
            assertThat(p.configuration().family()).isEqualTo("boosting");
            assertThat(p.reason()).contains("what more rows would bring");
            assertThat(run.requests())
                    .anyMatch(r -> r.rowLimit().isEmpty() && r.configuration().equals(p.configuration()));
        });
    }

    @Test
    void requestsDecidedAfterTheProbesHaveEndedCarryTheCurveOverTheRows() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.trials(500, 40), Given.START);

        List<TrialRequested> probes = probes(run);
        TrialRequested whole = run.requests().stream()
                .filter(r -> r.rowLimit().isEmpty()
                        && r.configuration().equals(probes.get(0).configuration()))
                .findFirst()
                .orElseThrow();
        TrialRequested last = run.requests().get(run.requests().size() - 1);
        assertThat(last.dataCurve().orElseThrow().points())
                .containsExactly(
                        new DataPoint(FOLD_ROWS / 4, Given.error(probes.get(0))),
                        new DataPoint(FOLD_ROWS / 2, Given.error(probes.get(1))),
                        new DataPoint(FOLD_ROWS, Given.error(whole)));
        assertThat(run.requests().subList(0, probes.get(1).number()))
                .allMatch(r -> r.dataCurve().isEmpty());
    }

    @Test
    void nothingIsMadeOfAProbeHoweverGoodItLooks() {
        Workers run = new Workers(2, r -> 1, r -> Given.scored(r, r.rowLimit().isPresent() ? 0.01 : Given.error(r), 1));
        run.run(Given.trials(500, 40), Given.START);

        List<String> probes = probes(run).stream().map(TrialRequested::trial).toList();
        assertThat(run.completed().candidates()).extracting(Candidate::trial).doesNotContainAnyElementsOf(probes);
        assertThat(run.requests())
                .noneMatch(r -> probes.stream().anyMatch(p -> r.reason().contains("Varies " + p)))
                .allMatch(r -> r.yardstick().filter(y -> y < 0.1).isEmpty());
    }

    @Test
    void aProbeThatFailsIsNotAskedForAgain() {
        Workers run = new Workers(
                2,
                r -> 1,
                r -> r.rowLimit().isPresent() ? Given.failed(r, FailureKind.RESOURCE) : Given.scored(r, 0.3, 1));
        run.run(Given.trials(500, 40), Given.START);

        assertThat(probes(run)).hasSize(2);
        assertThat(run.requests()).allMatch(r -> r.dataCurve().isEmpty());
    }

    @Test
    void fewTrialsALittleTimeOrASwitchedOffPolicyAreNotSpentOnIt() {
        Workers few = new Workers(2, r -> 1);
        few.run(Given.trials(500, 19), Given.START);
        Workers slow = new Workers(2, r -> 8);
        slow.run(Given.budget(500, Duration.ofSeconds(60)), Given.START);
        Workers off = new Workers(2, r -> 1)
                .under(new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.HALVING, Map.of()));
        off.run(Given.trials(500, 40), Given.START);

        assertThat(List.of(few, slow, off))
                .allSatisfy(run -> assertThat(probes(run)).isEmpty());
    }

    private static List<TrialRequested> probes(Workers run) {
        return run.requests().stream().filter(r -> r.rowLimit().isPresent()).toList();
    }
}
