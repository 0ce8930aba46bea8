package io.millrace.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.RankedTrial;
import io.millrace.gateway.RunStory;
import io.millrace.runtime.Envelope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrialStateTest {
    private final RunStory story = new RunStory("run-1", "churn");

    @Test
    void anyOrderOfTheEventsLeadsToTheSameTrials() {
        Map<String, TrialState> expected = fold(story.whole());
        for (int seed = 0; seed < 200; seed++) {
            List<Envelope<? extends Event>> shuffled = new ArrayList<>(story.whole());
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(fold(shuffled)).isEqualTo(expected);
        }
    }

    @Test
    void theScoreIsThatOfTheHighestRungAndTheTimeThatOfAll() {
        TrialState t = fold(story.whole()).get("t002");
        assertThat(t.rung()).isEqualTo(1);
        assertThat(t.score().orElseThrow().value()).isEqualTo(0.91);
        assertThat(t.error()).contains(-0.91);
        assertThat(t.folds()).isEqualTo(5);
        assertThat(t.trainSeconds()).isEqualTo(5.5);
        assertThat(t.status()).isEqualTo(TrialStatus.EVALUATED);
    }

    @Test
    void aPromotedTrialIsUnderWayAgainButKeepsItsScore() {
        TrialState t = TrialState.unknown("t002")
                .on(story.trialEvaluated(8, 2, 0, 0.9))
                .on(story.trialRequested(10, 2, 1));
        assertThat(t.status()).isEqualTo(TrialStatus.REQUESTED);
        assertThat(t.score().orElseThrow().value()).isEqualTo(0.9);
    }

    @Test
    void aFailedTrialSaysWhy() {
        TrialState t = TrialState.unknown("t003").on(story.trialFailed()).on(story.trialRequested(4, 3, 0));
        assertThat(t.status()).isEqualTo(TrialStatus.FAILED);
        assertThat(t.rungs().get(0).failure().orElseThrow().message()).isEqualTo("out of memory");
    }

    @Test
    void theLiveLeaderboardRanksByTheMetricAndLeavesOutWhatHasNoFiniteScore() {
        List<TrialState> trials = new ArrayList<>(fold(story.whole()).values());
        trials.add(TrialState.unknown("t004").on(story.trialEvaluated(9, 4, 0, Double.NaN)));
        List<RankedTrial> rows = LiveLeaderboard.of(trials);
        assertThat(rows).extracting(RankedTrial::trial).containsExactly("t002", "t001");
        assertThat(rows).extracting(RankedTrial::rank).containsExactly(1, 2);
        assertThat(rows.get(0).learningRate()).isEqualTo(0.01);
        assertThat(rows.get(0).folds()).isEqualTo(5);
    }

    @Test
    void aScoreOnMoreFoldsStandsBeforeABetterOneOnFewerAsInTheEnd() {
        TrialState lucky = TrialState.unknown("t001").on(story.trialEvaluated(6, 1, 0, 0.95));
        TrialState later = TrialState.unknown("t003").on(story.trialEvaluated(6, 3, 1, 0.9));
        TrialState many = TrialState.unknown("t002").on(story.trialEvaluated(6, 2, 1, 0.9));
        TrialState best = TrialState.unknown("t004").on(story.trialEvaluated(6, 4, 1, 0.91));
        assertThat(LiveLeaderboard.of(List.of(lucky, later, many, best)))
                .extracting(RankedTrial::trial)
                .containsExactly("t004", "t002", "t003", "t001");
    }

    @Test
    void equalScoresAreRankedByFoldsThenByNumber() {
        TrialState few = TrialState.unknown("t001").on(story.trialEvaluated(6, 1, 0, 0.9));
        TrialState later = TrialState.unknown("t003").on(story.trialEvaluated(6, 3, 1, 0.9));
        TrialState many = TrialState.unknown("t002").on(story.trialEvaluated(6, 2, 1, 0.9));
        assertThat(LiveLeaderboard.of(List.of(few, later, many)))
                .extracting(RankedTrial::trial)
                .containsExactly("t002", "t003", "t001");
    }

    private static Map<String, TrialState> fold(List<Envelope<? extends Event>> events) {
        Map<String, TrialState> trials = new TreeMap<>();
        for (Envelope<? extends Event> event : events) {
            TrialState.trialOf(event.event())
                    .ifPresent(t -> trials.put(
                            t, trials.getOrDefault(t, TrialState.unknown(t)).on(event)));
        }
        return trials;
    }
}
