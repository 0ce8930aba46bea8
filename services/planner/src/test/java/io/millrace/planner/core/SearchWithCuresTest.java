package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.CureRecord;
import io.millrace.events.Diagnosis;
import io.millrace.events.FailureKind;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialRequested;
import io.millrace.events.Verdict;
import io.millrace.runtime.Emission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Diagnosed trials are cured, the effect is measured, and what was measured decides what is tried next. */
class SearchWithCuresTest {
    private static final Map<String, Double> UNFINISHED = Map.of("lateValidationFall", 0.05);

    @Test
    void everyCureNamesItsCauseAndIsAssessedAgainstWhatWasExpected() {
        Workers run = overfitting(r -> r.cause().isPresent() ? 0.25 : Given.error(r));
        run.run(Given.trials(500, 40), Given.START);

        List<TrialRequested> cures = cures(run);
        assertThat(cures).hasSizeGreaterThan(4);
        assertThat(cures).allSatisfy(r -> {
            TrialRequested parent = request(run, r.cause().orElseThrow().parent());
            assertThat(r.cause().orElseThrow().verdict()).isEqualTo(Verdict.GENERALIZATION);
            assertThat(r.cause().orElseThrow().expectedGain()).isBetween(0.0001, 0.1);
            assertThat(r.configuration()).isNotEqualTo(parent.configuration());
            assertThat(r.reason()).contains("Cures " + parent.trial()).contains("generalization");
        });
        assertThat(assessed(run)).hasSameSizeAs(cures).allSatisfy(a -> {
            double parent = Given.error(request(run, a.cause().parent()));
            double before = request(run, a.cause().parent()).cause().isPresent() ? 0.25 : parent;
            assertThat(a.measuredGain().orElseThrow()).isCloseTo((before - 0.25) / before, Offset.offset(1e-9));
            assertThat(a.dataKind()).isEqualTo("binary-small");
        });
    }

    @Test
    void aLeaderboardRowTellsWhichTrialItCameFrom() {
        Workers run = overfitting(r -> r.cause().isPresent() ? 0.25 : Given.error(r));
        run.run(Given.trials(500, 20), Given.START);

        assertThat(run.completed().leaderboard())
                .filteredOn(row -> row.cause().isPresent())
                .hasSameSizeAs(cures(run));
        assertThat(run.completed().leaderboard())
                .allSatisfy(row -> assertThat(row.stoppedBy()).contains("patience"));
    }

    @Test
    void healthyTrialsAreNotCured() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.trials(500, 40), Given.START);

        assertThat(cures(run)).isEmpty();
    }

    @Test
    void withoutCuresNothingIsCured() {
        Workers run = overfitting(Given::error)
                .under(new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.HALVING, Map.of()));
        run.run(Given.trials(500, 40), Given.START);

        assertThat(cures(run)).isEmpty();
    }

    @Test
    void oneCureIsUnderWayAtATimeAndTheySpendTheirShareOnly() {
        Workers run = overfitting(r -> r.cause().isPresent() ? 0.25 : Given.error(r));
        run.run(Given.budget(500, Duration.ofSeconds(60)), Given.START);

        int open = 0;
        for (Object event : run.emissions.stream().map(Emission::event).toList()) {
            open += event instanceof TrialRequested r
                            && r.rung() == 0
                            && r.cause().isPresent()
                    ? 1
                    : 0;
            open -= event instanceof InterventionAssessed ? 1 : 0;
            assertThat(open).isLessThanOrEqualTo(1);
        }
        assertThat(cures(run)).hasSizeBetween(5, (int) (0.4 * run.state.started()) + 1);
    }

    @Test
    void aCureThatWasSeenToHelpIsTriedBeforeOthersAndOneThatNeverHelpsAfterThem() {
        Map<String, CureRecord> records =
                Map.of("smaller-samples", new CureRecord(20, 19, 19 * 0.08), "smaller-trees", new CureRecord(20, 0, 0));
        Workers run = overfitting(Given::error)
                .under(new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, records));
        run.run(Given.budget(500, Duration.ofSeconds(60)), Given.START);

        List<String> order =
                cures(run).stream().map(r -> r.cause().orElseThrow().cure()).toList();
        assertThat(order.get(0)).isEqualTo("smaller-samples");
        assertThat(order.subList(0, 8)).doesNotContain("smaller-trees");
    }

    @Test
    void aRunThatCountsTrialsLearnsNothingFromEarlierRunsSoThatItRepeats() {
        Map<String, CureRecord> records = Map.of("smaller-samples", new CureRecord(20, 19, 19 * 0.08));
        Workers fresh = overfitting(Given::error);
        Workers experienced = overfitting(Given::error)
                .under(new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, records));
        fresh.run(Given.trials(500, 40), Given.START);
        experienced.run(Given.trials(500, 40), Given.START);

        assertThat(experienced.emissions).isEqualTo(fresh.emissions);
        assertThat(experienced.state.policy().records()).isEmpty();
    }

    @Test
    void aCureThatFailsCountsAsOneThatDidNotHelp() {
        Workers run = new Workers(
                2,
                r -> 1,
                r -> r.cause().isPresent()
                        ? Given.failed(r, FailureKind.RESOURCE)
                        : diagnosed(r, Given.error(r), Verdict.GENERALIZATION, Map.of()));
        run.run(Given.trials(500, 30), Given.START);

        assertThat(assessed(run)).isNotEmpty().allSatisfy(a -> {
            assertThat(a.helped()).isFalse();
            assertThat(a.measuredGain()).isEmpty();
        });
        assertThat(run.state.cureRecords().values()).allMatch(r -> r.tried() > 0 && r.helped() == 0);
    }

    @Test
    void aChangeIsHeldAgainstItsParentUnderTheSameSeedAndATwinGetsAnother() {
        Workers changed = overfitting(Given::error);
        changed.run(Given.trials(500, 30), Given.START);
        assertThat(cures(changed)).isNotEmpty().allSatisfy(r -> assertThat(r.seed())
                .isEqualTo(request(changed, r.cause().orElseThrow().parent()).seed()));

        Workers twins = new Workers(2, r -> 1, r -> diagnosed(r, Given.error(r), Verdict.VARIANCE, Map.of()));
        twins.run(Given.trials(500, 30), Given.START);
        assertThat(cures(twins))
                .filteredOn(r -> r.cause().orElseThrow().cure().equals("another-seed"))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r.seed())
                        .isNotEqualTo(
                                request(twins, r.cause().orElseThrow().parent()).seed()));
    }

    /** What averages already is not averaged again, and on more rows chance decides too little. */
    @Test
    void aResultThatDependsOnChanceIsAveragedOverSeedsWhereRowsAreFew() {
        Workers run = new Workers(2, r -> 1, r -> diagnosed(r, Given.error(r), Verdict.VARIANCE, Map.of()));
        run.run(Given.trials(500, 60), Given.START);

        assertThat(cures(run))
                .filteredOn(r -> r.cause().orElseThrow().cure().equals("average-of-seeds"))
                .isNotEmpty()
                .allSatisfy(r -> {
                    TrialRequested parent = request(run, r.cause().orElseThrow().parent());
                    assertThat(r.bagging()).contains(new Bagging(4, false));
                    assertThat(parent.bagging()).isEmpty();
                    assertThat(r.learningRate()).isEqualTo(parent.learningRate());
                });

        Workers many = new Workers(2, r -> 1, r -> diagnosed(r, Given.error(r), Verdict.VARIANCE, Map.of()));
        many.run(Given.trials(20_000, 60), Given.START);
        assertThat(cures(many))
                .isNotEmpty()
                .noneMatch(r -> r.cause().orElseThrow().cure().equals("average-of-seeds"));
    }

    /** Four models take four times as long, so that they must promise four times as much. */
    @Test
    void anAverageIsPricedByItsModels() {
        Workers run = new Workers(2, r -> 1, r -> diagnosed(r, Given.error(r), Verdict.VARIANCE, Map.of()));
        run.run(Given.trials(500, 12), Given.START);
        Draft draft = new Draft(run.state, Given.START.plusSeconds(1));
        Trial trial = run.state.trials().stream()
                .filter(t -> t.configuration().family().equals("boosting"))
                .findFirst()
                .orElseThrow();
        Treatment average = SeedBags.averaged(
                        new Patient(trial, trial.firstLook().orElseThrow(), draft.dataset, Optional.empty()))
                .orElseThrow();

        assertThat(ChooseCure.seconds(draft, average, trial))
                .isCloseTo(
                        4 * ChooseCure.seconds(draft, Treatment.of(trial.configuration()), trial), Offset.offset(1e-9));
    }

    @Test
    void whatTheDeadlineCutsTellsNothingOfItsCure() {
        Workers late = new Workers(
                2,
                r -> 1,
                r -> r.cause().isPresent()
                        ? Given.failed(r, FailureKind.TIMEOUT)
                        : diagnosed(r, Given.error(r), Verdict.GENERALIZATION, Map.of()));
        late.run(Given.trials(500, 30), Given.START);
        Workers cut = new Workers(
                2,
                r -> 1,
                r -> r.cause().isPresent()
                        ? Given.scored(r, Given.error(r), 1, Set.of(0))
                        : diagnosed(r, Given.error(r), Verdict.GENERALIZATION, Map.of()));
        cut.run(Given.trials(500, 30), Given.START);

        for (Workers run : List.of(late, cut)) {
            assertThat(cures(run)).isNotEmpty();
            assertThat(assessed(run)).isEmpty();
            assertThat(run.state.cureRecords()).isEmpty();
        }
    }

    @Test
    void aNetworkThatIsStillLearningTrainsLongerOrFasterAndALargerOneGetsARangeTestOfItsOwn() {
        Workers run = new Workers(
                2,
                r -> 1,
                r -> r.configuration() instanceof NetworkConfiguration
                        ? diagnosed(r, 0.2 * Given.error(r), Verdict.OPTIMIZATION, UNFINISHED)
                        : Given.scored(r, 1, 1));
        run.run(Given.trials(500, 60), Given.START);

        assertThat(cures(run))
                .extracting(r -> r.cause().orElseThrow().cure())
                .contains("longer-training", "higher-rate");
        assertThat(cures(run)).allSatisfy(r -> {
            TrialRequested parent = request(run, r.cause().orElseThrow().parent());
            NetworkConfiguration before = (NetworkConfiguration) parent.configuration();
            NetworkConfiguration after = (NetworkConfiguration) r.configuration();
            switch (r.cause().orElseThrow().cure()) {
                case "longer-training" -> assertThat(after.epochs()).isGreaterThan(before.epochs());
                case "higher-rate" ->
                    assertThat(r.learningRate().orElseThrow().max())
                            .isCloseTo(5 * parent.learningRate().orElseThrow().max(), Offset.offset(1e-12));
                case "larger-network" ->
                    assertThat(after.hidden().get(0))
                            .isGreaterThan(before.hidden().get(0));
                default -> assertThat(r.cause().orElseThrow().cure()).isEqualTo("other-optimizer");
            }
        });
    }

    /** On a large table trials that came early saw fewer rows than time would pay for now. */
    @Test
    void aCureIsWeighedByTheRowsOnWhichItWillBeTrained() {
        Workers run = overfitting(Given::error);
        run.run(Given.budget(2_000_000, Duration.ofMinutes(2)), Given.START);
        Draft later = new Draft(run.state, Given.START.plusSeconds(1));
        List<Trial> sampled = run.state.trials().stream()
                .filter(t -> t.configuration().family().equals("boosting"))
                .filter(t -> !t.rowLimit().equals(RowLimits.of(later, t.configuration())))
                .toList();

        assertThat(sampled).isNotEmpty().allSatisfy(t -> assertThat(
                        ChooseCure.seconds(later, Treatment.of(t.configuration()), t))
                .isEqualTo(later.model.seconds(
                        later.costs, t.configuration(), later.regime.firstLook().size(), t.rowLimit())));
        assertThat(cures(run)).isNotEmpty().allSatisfy(r -> assertThat(r.rowLimit())
                .isEqualTo(request(run, r.cause().orElseThrow().parent()).rowLimit()));
    }

    private static Workers overfitting(Function<TrialRequested, Double> error) {
        return new Workers(
                2, r -> .5, r -> diagnosed(r, error.apply(r), Verdict.GENERALIZATION, Map.of("validationRise", 0.2)));
    }

    private static TrialEvaluated diagnosed(
            TrialRequested r, double error, Verdict verdict, Map<String, Double> evidence) {
        return Given.diagnosed(r, error, new Diagnosis(verdict, 0.8, evidence, "It has a problem."));
    }

    private static List<TrialRequested> cures(Workers run) {
        return run.requests().stream()
                .filter(r -> r.rung() == 0 && r.cause().isPresent())
                .toList();
    }

    private static TrialRequested request(Workers run, String trial) {
        return run.requests().stream()
                .filter(r -> r.trial().equals(trial))
                .findFirst()
                .orElseThrow();
    }

    private static List<InterventionAssessed> assessed(Workers run) {
        return run.emissions.stream()
                .map(Emission::event)
                .filter(InterventionAssessed.class::isInstance)
                .map(InterventionAssessed.class::cast)
                .toList();
    }
}
