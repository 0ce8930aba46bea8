package io.millrace.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Metric;
import io.millrace.events.Event;
import io.millrace.gateway.RunStory;
import io.millrace.runtime.Envelope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private final RunStory story = new RunStory("run-1", "churn");

    @Test
    void theStatusSaysWhoseTurnItIs() {
        RunState run = RunState.unknown("run-1").accepted("churn", RunStory.START);
        assertThat(run.status()).isEqualTo(RunStatus.SUBMITTED);
        run = run.on(story.submitted());
        assertThat(run.status()).isEqualTo(RunStatus.PROFILING);
        run = run.on(story.profiled());
        assertThat(run.status()).isEqualTo(RunStatus.SEARCHING);
        run = run.on(story.searchCompleted());
        assertThat(run.status()).isEqualTo(RunStatus.ENSEMBLING);
        assertThat(run.ended()).isEmpty();
        run = run.on(story.modelPublished());
        assertThat(run.status()).isEqualTo(RunStatus.PUBLISHED);
        assertThat(run.ended()).contains(RunStory.START.plusSeconds(15));
        assertThat(run.metric()).contains(Metric.AUC);
    }

    @Test
    void anyOrderOfTheEventsLeadsToTheSameRun() {
        RunState expected = fold(story.whole());
        for (int seed = 0; seed < 200; seed++) {
            List<Envelope<? extends Event>> shuffled = new ArrayList<>(story.whole());
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(fold(shuffled)).isEqualTo(expected);
        }
    }

    @Test
    void theDeadlineIsTheSubmissionPlusTheBudgetEvenWhenTheSubmissionIsMissing() {
        assertThat(RunState.unknown("run-1").on(story.profiled()).deadline()).contains(RunStory.START.plusSeconds(60));
    }

    @Test
    void aRejectionSaysWhyAndWhatToDo() {
        RunState run = RunState.unknown("run-1").on(story.rejected()).on(story.submitted());
        assertThat(run.status()).isEqualTo(RunStatus.REJECTED);
        assertThat(run.reason().orElseThrow().kind()).isEqualTo("no-such-target");
        assertThat(run.reason().orElseThrow().remedy()).contains("Name one of: age, churn.");
    }

    @Test
    void aModelOutweighsAFailureThatWasToldBesideIt() {
        assertThat(RunState.unknown("run-1")
                        .on(story.modelPublished())
                        .on(story.failed())
                        .status())
                .isEqualTo(RunStatus.PUBLISHED);
    }

    private static RunState fold(List<Envelope<? extends Event>> events) {
        RunState run = RunState.unknown("run-1");
        for (Envelope<? extends Event> event : events) {
            run = run.on(event);
        }
        return run;
    }
}
