package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.dataset.Metric;
import io.millrace.events.BlobRef;
import io.millrace.events.Cause;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.RankedTrial;
import io.millrace.events.Score;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.Verdict;
import io.millrace.runtime.codec.CloudEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingsTest {
    /** As many digits as a number has in JSON. */
    private static final double LONG = -1.2345678901234567e-101;

    private static final Score SCORE = new Score(LONG, LONG, LONG);

    @Test
    void theLongestLeaderboardOfTheMostCandidatesFitsIntoTheEventsThatCarryBoth() {
        BlobRef ref =
                new BlobRef("blob:runs/" + "r".repeat(36) + "/" + "k".repeat(100), "a".repeat(64), Long.MAX_VALUE);
        TrialArtifacts artifacts =
                new TrialArtifacts(ref, ref, ref, IntStream.range(0, 10).boxed().toList(), Optional.of(ref));
        List<SearchCompleted.Candidate> candidates = IntStream.range(0, Standings.MOST_CANDIDATES)
                .mapToObj(i -> new SearchCompleted.Candidate("t0001", artifacts))
                .toList();
        List<RankedTrial> all = IntStream.rangeClosed(1, Standings.MOST_ROWS)
                .mapToObj(StandingsTest::longRow)
                .toList();

        List<RankedTrial> rows = Standings.fitting(all, candidates);

        assertThat(rows)
                .hasSizeBetween(Standings.MOST_CANDIDATES, all.size() - 1)
                .isEqualTo(all.subList(0, rows.size()));
        SearchCompleted search = new SearchCompleted(
                "n".repeat(100),
                ref,
                ref,
                Metric.LOG_LOSS,
                candidates,
                rows,
                1_000_000,
                "r".repeat(1_000),
                Long.MIN_VALUE,
                Instant.MAX,
                Optional.of(Instant.MAX));
        List<EnsembleBuilt.Member> members = candidates.stream()
                .map(c -> new EnsembleBuilt.Member(c.trial(), LONG))
                .toList();
        EnsembleBuilt built = new EnsembleBuilt(search, ref, members, SCORE, SCORE, Optional.of(LONG));
        assertThatCode(() -> CloudEvents.value("ensemble", built)).doesNotThrowAnyException();
        assertThat(Standings.fitting(all, List.of()))
                .as("without candidates there is room")
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "LOG_LOSS, .40, .419, true",
        "LOG_LOSS, .40, .421, false",
        "AUC, .90, .896, true",
        "AUC, .90, .894, false",
        "R2, .01, -.03, true",
        "R2, 0, -.04, true",
        "R2, 0, -.06, false",
        "R2, -.20, -.25, true",
        "R2, -.20, -.27, false"
    })
    void aTrialCompetesThatLacksATwentiethMoreThanTheBestAtMost(
            Metric metric, double best, double other, boolean competes) {
        SearchState begun = Search.begin(Given.scoredBy(metric, Given.trials(500, 20)), Given.POLICY, Given.START)
                .state();
        Draft draft = new Draft(begun, Given.START);
        List<Trial> byFirstLook = Standings.byFirstLook(List.of(scored(1, metric, other), scored(2, metric, best)));

        assertThat(byFirstLook).extracting(Trial::number).containsExactly(2, 1);
        assertThat(Standings.isCompetitive(draft, byFirstLook.get(1), byFirstLook))
                .isEqualTo(competes);
        assertThat(Standings.isCompetitive(draft, byFirstLook.get(0), byFirstLook))
                .isTrue();
    }

    private static Trial scored(int number, Metric metric, double value) {
        Outcome look = new Outcome(
                0,
                List.of(0),
                true,
                metric.asError(value),
                new Score(value, value, value),
                Verdict.HEALTHY,
                1,
                Map.of(),
                1,
                1,
                Optional.empty(),
                Optional.empty());
        return new Trial(
                number,
                Portfolio.USUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                number,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                List.of(look));
    }

    private static RankedTrial longRow(int rank) {
        return new RankedTrial(
                rank,
                "t0001",
                "f".repeat(20),
                SCORE,
                10,
                LONG,
                LONG,
                Verdict.GENERALIZATION,
                LONG,
                Optional.of(new Cause("t0001", Verdict.GENERALIZATION, "c".repeat(30), LONG)),
                Optional.of(LONG),
                Optional.of("completed"));
    }
}
