package io.millrace.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.events.Cause;
import io.millrace.events.DataCurve;
import io.millrace.events.DataCurve.DataPoint;
import io.millrace.events.Event;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.ProgressCurve;
import io.millrace.events.StopRule;
import io.millrace.events.TrainingEnd;
import io.millrace.events.Verdict;
import io.millrace.gateway.RunStory;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainRunTest {
    private final RunStory story = new RunStory("run-1", "churn");

    @Test
    void aWholeRunIsTold() {
        String text = ExplanationText.of(ExplainRun.of("run-1", story.whole()));

        assertThat(text)
                .contains("Run run-1 on churn")
                .contains("800 rows to train on and 200 held out, 8 features, 2 classes, auc is optimised")
                .contains("mlp-adamw")
                .contains("0.001 to 0.01; the rules differ by a factor of 4.0, confidence 0.90")
                .contains("1. t002 mlp 0.91 [0.89, 0.93] on 5 folds, 2.5 CPU seconds, stopped by patience")
                .contains("why: A first look.")
                .contains("healthy (confidence 0.80): Training and validation agree.")
                .contains("0.75 t002 mlp: the best trial")
                .contains("0.25 t001 boosting: number 2, alone 33.3 % worse than the best, the best of its family")
                .contains("0.915 [0.89, 0.94] on the holdout, opened once")
                .contains("probabilities off by 1.2 % (calibration error)")
                .contains("The budget is spent.");
    }

    @Test
    void theOrderOfTheEventsChangesNothing() {
        Explanation straight = ExplainRun.of("run-1", cured());
        for (int seed = 0; seed < 50; seed++) {
            List<Envelope<? extends Event>> shuffled = new ArrayList<>(cured());
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(ExplainRun.of("run-1", shuffled)).isEqualTo(straight);
        }
    }

    @Test
    void whatIsThereSoFarIsToldWhileTheRunGoesOn() {
        List<Envelope<? extends Event>> events = story.search(0.9);
        for (int n = 0; n <= events.size(); n++) {
            Explanation sofar = ExplainRun.of("run-1", events.subList(0, n));
            assertThat(ExplanationText.of(sofar)).startsWith("Run run-1");
            assertThat(sofar.ensemble()).isEmpty();
        }
        assertThat(ExplainRun.of("run-1", events).leaders())
                .extracting(Explanation.Leader::trial)
                .containsExactly("t002", "t001");
    }

    @Test
    void curesAreSummedUpTheMostHelpfulFirst() {
        Explanation explanation = ExplainRun.of("run-1", cured());

        assertThat(explanation.cures()).hasSize(4);
        assertThat(explanation.help()).extracting(Explanation.Help::cure).containsExactly("more-dropout", "lower-rate");
        Explanation.Help dropout = explanation.help().get(0);
        assertThat(dropout.tried()).isEqualTo(3);
        assertThat(dropout.helped()).isEqualTo(1);
        assertThat(dropout.expectedGain()).isCloseTo(0.02, within(1e-9));
        assertThat(dropout.measuredGain().orElseThrow())
                .as("the failed one is left out")
                .isCloseTo(0.02, within(1e-9));
        assertThat(ExplanationText.of(explanation))
                .contains(
                        "t004 cures t001 of generalization by more-dropout: expected 2.0 % less error, measured 6.0 %")
                .contains("measured nothing, because it failed");
    }

    @Test
    void whatMoreRowsWouldBringIsToldFromTheLatestCurveOverThem() {
        List<Envelope<? extends Event>> events = new ArrayList<>(story.whole());
        assertThat(ExplainRun.of("run-1", events).moreRows()).isEmpty();
        events.add(story.requestedKnowing(
                new DataCurve(List.of(new DataPoint(400, 0.80), new DataPoint(800, 0.84), new DataPoint(1600, 0.86)))));

        Explanation explanation = ExplainRun.of("run-1", events);

        assertThat(explanation.moreRows().orElseThrow().gain()).isCloseTo(0.01, within(1e-9));
        assertThat(ExplanationText.of(explanation))
                .contains("0.84 on 800 rows")
                .contains("Twice as many should take 0.01 off the error.");
    }

    @Test
    void whatOthersWereBetterThanAtTheSamePointIsToldWithHowFarItCame() {
        List<Envelope<? extends Event>> events = new ArrayList<>(story.whole());
        assertThat(ExplanationText.of(ExplainRun.of("run-1", events))).doesNotContain("Trials that were stopped");
        events.add(story.requestedUnder(new StopRule(0, 6, -5, List.of(0.3, 0.24, 0.2))));
        events.add(story.thirdEndedBy(TrainingEnd.MEDIAN, new ProgressCurve(0, -7, List.of(0.4, 0.35, 0.3, 0.26))));

        Explanation explanation = ExplainRun.of("run-1", events);

        assertThat(explanation.stopped()).singleElement().satisfies(stopped -> {
            assertThat(stopped.progress()).isEqualTo(0.5);
            assertThat(stopped.bound()).isEqualTo(0.24);
        });
        assertThat(ExplanationText.of(explanation))
                .contains("Trials that were stopped, because others of their family were better at the same point")
                .contains("t003 mlp at 50 % of its training: above 0.24, the median of 6 trials");
    }

    @Test
    void whatPausedAndNeverWentOnIsToldWithItsPlaceInTheFamily() {
        List<Envelope<? extends Event>> events = new ArrayList<>(story.whole());
        assertThat(ExplanationText.of(ExplainRun.of("run-1", events))).doesNotContain("Trials that paused");
        events.add(story.requestedToPauseAfter(15));
        events.add(story.thirdEndedBy(TrainingEnd.HALVING, new ProgressCurve(0, -8, List.of(0.3, 0.28, 0.26))));

        assertThat(ExplainRun.of("run-1", events).paused())
                .containsExactly(new Explanation.Paused("t003", "mlp", 15, 40, 1, 1));
        assertThat(ExplanationText.of(ExplainRun.of("run-1", events)))
                .contains("Trials that paused, and in whose place others of their family went on")
                .contains("t003 mlp after 15 of 40 epochs: number 1 of 1 at this point");

        events.add(story.trialEvaluated(12, 3, 1, 0.85));
        assertThat(ExplainRun.of("run-1", events).paused()).as("it went on").isEmpty();
    }

    @Test
    void aFailedRunEndsWithItsReason() {
        List<Envelope<? extends Event>> events = List.of(story.submitted(), story.profiled(), story.failed());

        assertThat(ExplainRun.of("run-1", events).end()).contains("No trial ended; allow more time.");
    }

    @Test
    void aRecordedEventIsTheEventAgain() {
        for (Envelope<? extends Event> e : cured()) {
            RecordedEvent read = Json.read(Json.write(RecordedEvent.of(e)), RecordedEvent.class);
            assertThat(read.envelope().event()).isEqualTo(e.event());
            assertThat(read.envelope().id()).isEqualTo(e.id());
            assertThat(read.envelope().subject()).isEqualTo(e.subject());
        }
    }

    private List<Envelope<? extends Event>> cured() {
        List<Envelope<? extends Event>> all = new ArrayList<>(story.whole());
        all.add(assessed("t004", "more-dropout", Optional.of(0.06)));
        all.add(assessed("t005", "more-dropout", Optional.of(-0.02)));
        all.add(assessed("t006", "more-dropout", Optional.empty()));
        all.add(assessed("t007", "lower-rate", Optional.of(-0.1)));
        return all;
    }

    private static Envelope<InterventionAssessed> assessed(String trial, String cure, Optional<Double> gain) {
        return new Envelope<>(
                "assessed-" + trial,
                trial,
                "run-1",
                Optional.empty(),
                Optional.empty(),
                "/millrace/planner",
                RunStory.START.plusSeconds(12),
                new InterventionAssessed(
                        trial,
                        new Cause("t001", Verdict.GENERALIZATION, cure, 0.02),
                        "binary-small",
                        gain,
                        gain.filter(g -> g > 0).isPresent(),
                        gain.map(g -> Verdict.HEALTHY),
                        gain.map(g -> 1.5)));
    }
}
