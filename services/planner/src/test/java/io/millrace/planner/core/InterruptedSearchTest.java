package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.Diagnosis;
import io.millrace.events.Event;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.Rungs;
import io.millrace.events.SearchPolicy;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.runtime.Emission;
import io.millrace.runtime.codec.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A planner that is killed at every event of a run, also amid its cures and on every kind of rung, decides as one that is not. */
class InterruptedSearchTest {
    private static final SearchPolicy EPOCHS = Given.POLICY.with(Rungs.EPOCHS);

    @Test
    void aRunThatCountsTrialsGoesOnFromWhatIsStoredAndTakesEveryEventOnce() {
        Workers run = run(Given.trials(20_000, 60));

        assertThat(run.emissions)
                .extracting(Emission::event)
                .as("a cure that was judged, a pause, the rest of it, and more folds")
                .anyMatch(InterventionAssessed.class::isInstance)
                .anyMatch(e -> e instanceof TrialRequested r && r.pauseAfter().isPresent())
                .anyMatch(e -> e instanceof TrialRequested r && isRest(r))
                .anyMatch(e -> e instanceof TrialRequested r
                        && r.rung() > 0
                        && r.folds().size() > 1);
        assertThat(interrupted(run)).isEqualTo(run.emissions);
    }

    @Test
    void soDoesARunWithABudget() {
        Workers run = run(Given.budget(20_000, Duration.ofSeconds(40)));

        assertThat(run.emissions).extracting(Emission::event).anyMatch(InterventionAssessed.class::isInstance);
        assertThat(interrupted(run)).isEqualTo(run.emissions);
    }

    private static Workers run(DatasetProfiled dataset) {
        SimulatedTraining training = new SimulatedTraining(r -> 1);
        Workers run = new Workers(2, r -> 1, r -> overfitting(training.train(r))).under(EPOCHS);
        run.run(dataset, Given.START);
        return run;
    }

    /** What is emitted on a run's inputs where each finds a planner that has just read the state, and comes to another once more. */
    private static List<Emission> interrupted(Workers run) {
        Workers.Input first = run.inputs.get(0);
        Decision decision = Search.begin((DatasetProfiled) first.event(), EPOCHS, first.at());
        List<Emission> emissions = new ArrayList<>(decision.emissions());
        for (Workers.Input input : run.inputs.subList(1, run.inputs.size())) {
            SearchState stored = stored(decision);
            decision = input.event() == null
                    ? Search.tick(stored, input.at())
                    : Search.on(stored, travelled(input.event()), input.at());
            emissions.addAll(decision.emissions());
            if (input.event() != null) {
                Decision again = Search.on(stored(decision), travelled(input.event()), input.at());
                assertThat(again.emissions()).isEmpty();
                assertThat(again.state()).isEqualTo(decision.state());
            }
        }
        return emissions;
    }

    private static boolean isRest(TrialRequested r) {
        return r.previous().flatMap(TrialArtifacts::checkpoint).isPresent();
    }

    private static SearchState stored(Decision decision) {
        return Json.read(Json.write(decision.state()), SearchState.class);
    }

    private static Event travelled(Event event) {
        return Json.read(Json.write(event), event.getClass());
    }

    /** Whatever was trained to its end overfits. */
    private static TrialEvaluated overfitting(TrialEvaluated e) {
        Diagnosis diagnosis = e.diagnosis().confidence() == 0
                ? e.diagnosis()
                : new Diagnosis(Verdict.GENERALIZATION, 0.8, Map.of("validationRise", 0.2), "It overfits.");
        return e.with(e.artifacts(), e.complete(), diagnosis, e.stoppedBy(), e.progress());
    }
}
