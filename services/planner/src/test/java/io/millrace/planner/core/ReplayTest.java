package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DecisionMade;
import io.millrace.events.Diagnosis;
import io.millrace.events.Event;
import io.millrace.events.Rungs;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReplayTest {
    @Test
    void aRecordedRunIsDecidedTheSameAgainInWhateverOrderItsEventsAreGiven() {
        for (DatasetProfiled dataset : List.of(
                Given.trials(20_000, 15),
                Given.budget(500, Duration.ofSeconds(20)),
                Given.budget(20_000, Duration.ofSeconds(20)))) {
            List<Envelope<? extends Event>> recording = recording(dataset);
            Collections.shuffle(recording, new Random(3));

            Replay.Report report = new Replay(recording).reproduce();

            assertThat(report.same()).isTrue();
            assertThat(report.emissions()).isEqualTo((int) recording.stream()
                    .filter(e -> e.source().equals("planner") && !(e.event() instanceof DecisionMade))
                    .count());
        }
    }

    @Test
    void aRunThatKnewNoRungsOfEpochsIsDecidedTheSameAgainAndOtherwiseUnderThem() {
        Replay replay = new Replay(recording(Given.trials(20_000, 24)));

        assertThat(replay.under(p -> p.with(Rungs.FOLDS)).differences()).isEmpty();
        assertThat(replay.under(p -> p.with(Rungs.EPOCHS)).differences())
                .isNotEmpty()
                .first()
                .satisfies(d -> assertThat(d.now())
                        .anyMatch(e -> e.event() instanceof TrialRequested r
                                && r.pauseAfter().isPresent()));
    }

    @Test
    void theFirstDecisionThatAChangedResultTurnsIsReported() {
        List<Envelope<? extends Event>> recording = recording(Given.trials(20_000, 15));
        recording.replaceAll(e -> e.event() instanceof TrialEvaluated t && t.number() == 3
                ? envelope(e.id(), e.subject(), "trainer", e.time(), diagnosed(request(recording, t.trial()), 0.1))
                : e);

        Replay.Report report = new Replay(recording).reproduce();

        assertThat(report.differences()).hasSize(1);
        assertThat(report.differences().get(0).now())
                .isNotEqualTo(report.differences().get(0).then());
    }

    @Test
    void anEventThatIsMovedToAnotherDecisionIsADifference() {
        List<Envelope<? extends Event>> recording = recording(Given.trials(20_000, 15));
        DecisionMade last = recording.stream()
                .map(Envelope::event)
                .filter(DecisionMade.class::isInstance)
                .map(DecisionMade.class::cast)
                .reduce((one, next) -> next)
                .orElseThrow();
        Envelope<? extends Event> early = recording.stream()
                .filter(e -> e.event() instanceof TrialRequested)
                .findFirst()
                .orElseThrow();

        assertMoved(recording, early, envelope(early.id(), early.subject(), "planner", last.at(), early.event()));
        assertMoved(
                recording,
                early,
                new Envelope<>(
                        early.id(),
                        early.subject(),
                        early.runId(),
                        last.input(),
                        Optional.empty(),
                        early.source(),
                        early.time(),
                        early.event()));
    }

    private static void assertMoved(
            List<Envelope<? extends Event>> recording,
            Envelope<? extends Event> early,
            Envelope<? extends Event> moved) {
        List<Envelope<? extends Event>> changed = new ArrayList<>(recording);
        changed.replaceAll(e -> e.id().equals(early.id()) ? moved : e);

        Replay.Report report = new Replay(changed).reproduce();

        assertThat(report.same()).isFalse();
        assertThat(report.differences()).hasSize(1);
        assertThat(report.differences().get(0).decision().at()).isEqualTo(early.time());
        assertThat(report.differences().get(0).now())
                .extracting(Emission::subject)
                .contains(early.subject());
    }

    @Test
    void anotherPolicyShowsWhereItWouldHaveDecidedOtherwiseAndTheSameOneNowhere() {
        Replay replay = new Replay(recording(Given.budget(500, Duration.ofSeconds(30))));

        Replay.Report without = replay.under(ReplayTest::withoutCures);

        assertThat(replay.under(UnaryOperator.identity()).differences()).isEmpty();
        assertThat(without.differences()).isNotEmpty();
        assertThat(without.differences().get(0).then()).anyMatch(ReplayTest::comesOfThePolicy);
        assertThat(without.differences().get(0).now()).noneMatch(ReplayTest::comesOfThePolicy);
    }

    /** A cure, or a probe of fewer rows. */
    private static boolean comesOfThePolicy(Emission e) {
        return e.event() instanceof TrialRequested r
                && (r.cause().isPresent() || r.rowLimit().isPresent());
    }

    @Test
    void aRecordingWithAGapIsRefused() {
        List<Envelope<? extends Event>> recording = recording(Given.trials(500, 5));
        List<Envelope<? extends Event>> withoutSecond = recording.stream()
                .filter(e -> !(e.event() instanceof DecisionMade d && d.number() == 2))
                .toList();
        List<Envelope<? extends Event>> withoutResult = recording.stream()
                .filter(e -> !(e.event() instanceof TrialEvaluated t && t.number() == 2))
                .toList();

        assertThatThrownBy(() -> new Replay(withoutSecond)).hasMessageContaining("lacks decision 2");
        assertThatThrownBy(() -> new Replay(withoutResult).reproduce()).hasMessageContaining("lacks the event");
        assertThatThrownBy(() -> new Replay(List.of())).hasMessageContaining("no decisions");
    }

    /** A run of trials that all overfit, with everything that travels on the topics, through JSON as there. */
    private static List<Envelope<? extends Event>> recording(DatasetProfiled dataset) {
        Workers run = new Workers(2, r -> 0.4 * r.folds().size(), r -> diagnosed(r, Given.error(r)));
        run.run(dataset, Given.START.plusMillis(700));
        List<Envelope<? extends Event>> all = new ArrayList<>();
        Optional<SearchState> state = Optional.empty();
        long number = 0;
        for (Workers.Input input : run.inputs) {
            String id = "input-" + all.size();
            if (input.event() != null) {
                all.add(envelope(id, id, "trainer", input.at(), input.event()));
            }
            Decision decision = state.isEmpty()
                    ? Search.begin((DatasetProfiled) input.event(), Given.POLICY, input.at())
                    : input.event() == null
                            ? Search.tick(state.get(), input.at())
                            : Search.on(state.get(), input.event(), input.at());
            for (Emission e : decision.emissions()) {
                all.add(envelope("emission-" + all.size(), e.subject(), "planner", input.at(), e.event()));
            }
            DecisionMade made = new DecisionMade(
                    ++number,
                    Optional.of(id).filter(i -> input.event() != null),
                    input.at(),
                    Optional.of(Given.POLICY).filter(p -> number(all) == 0));
            all.add(envelope("decision-" + number, "decision/" + number, "planner", input.at(), made));
            state = Optional.of(decision.state());
        }
        return all;
    }

    private static SearchPolicy withoutCures(SearchPolicy p) {
        return new SearchPolicy(p.window(), p.defaultBudget(), SearchStrategy.HALVING, p.records());
    }

    private static long number(List<Envelope<? extends Event>> all) {
        return all.stream().filter(e -> e.event() instanceof DecisionMade).count();
    }

    private static Envelope<? extends Event> envelope(
            String id, String subject, String source, Instant at, Event event) {
        return new Envelope<>(
                id,
                subject,
                "run",
                Optional.empty(),
                Optional.empty(),
                source,
                at,
                Json.read(Json.write(event), event.getClass()));
    }

    private static TrialRequested request(List<Envelope<? extends Event>> recording, String trial) {
        return recording.stream()
                .map(Envelope::event)
                .filter(e -> e instanceof TrialRequested r && r.trial().equals(trial) && r.rung() == 0)
                .map(TrialRequested.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static TrialEvaluated diagnosed(TrialRequested r, double error) {
        return Given.diagnosed(
                r, error, new Diagnosis(Verdict.GENERALIZATION, 0.8, Map.of("validationRise", 0.2), "It overfits."));
    }
}
