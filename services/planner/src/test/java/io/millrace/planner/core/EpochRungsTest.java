package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.ProgressCurve;
import io.millrace.events.RankedTrial;
import io.millrace.events.Rungs;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EpochRungsTest {
    private static final SearchPolicy FOLDS =
            new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.DIAGNOSIS, Map.of());
    private static final SearchPolicy EPOCHS = FOLDS.with(Rungs.EPOCHS);

    @Test
    void networksPauseButTheFirstOfTheirFamilyAndNothingElseDoes() {
        Workers run = run(Given.trials(20_000, 60), EPOCHS, new SimulatedTraining());

        assertThat(pauses(run)).hasSizeGreaterThan(10);
        Set<String> seen = new HashSet<>();
        for (TrialRequested r : run.requests()) {
            String family = r.configuration().family();
            boolean network =
                    r.configuration() instanceof NetworkConfiguration && !family.equals(NetworkConfiguration.BOOSTED);
            boolean wanted =
                    network && r.rung() == 0 && !seen.add(family) && r.cause().isEmpty();
            assertThat(r.pauseAfter().isPresent())
                    .as(r.trial() + "/" + r.rung())
                    .isEqualTo(wanted);
            r.pauseAfter().ifPresent(epoch -> {
                int epochs = ((NetworkConfiguration) r.configuration()).epochs();
                assertThat((double) epoch / epochs).isBetween(0.35, 0.35 + 1.0 / epochs + 0.004);
            });
        }
    }

    @Test
    void theBestThirdOfAFamilyGoesOnAsItWasAndTheOthersStayBehindAllThatWereTrainedToTheirEnd() {
        Workers run = run(Given.families(20_000, 40, "mlp"), EPOCHS, new SimulatedTraining());

        List<TrialRequested> resumed = resumed(run);
        assertThat(resumed).hasSizeBetween(8, 18);
        for (TrialRequested rest : resumed) {
            TrialRequested first = run.requests().stream()
                    .filter(r -> r.trial().equals(rest.trial()) && r.rung() == 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(rest.rung()).isEqualTo(1);
            assertThat(rest.pauseAfter()).isEmpty();
            assertThat(rest.configuration()).isEqualTo(first.configuration());
            assertThat(rest.seed()).isEqualTo(first.seed());
            assertThat(rest.folds()).isEqualTo(first.folds());
            assertThat(rest.learningRate()).isEqualTo(first.learningRate());
            assertThat(rest.reason()).contains("Goes on from its pause: " + rest.trial() + " is number ");
        }
        List<RankedTrial> board = run.completed().leaderboard();
        assertThat(board).hasSize(40);
        List<RankedTrial> halved = board.stream().filter(EpochRungsTest::halved).toList();
        assertThat(halved).hasSize(pauses(run).size() - resumed.size());
        List<RankedTrial> oneFold =
                board.stream().filter(row -> row.folds() == 1).toList();
        assertThat(oneFold.subList(oneFold.size() - halved.size(), oneFold.size()))
                .isEqualTo(halved);
    }

    @Test
    void aTrialThatWentOnCanBePromotedToMoreFolds() {
        Workers run = run(Given.families(20_000, 40, "mlp"), EPOCHS, new SimulatedTraining());

        Set<String> resumed = resumed(run).stream().map(TrialRequested::trial).collect(Collectors.toSet());
        List<TrialRequested> promoted = run.requests().stream()
                .filter(r -> r.rung() > 0 && r.folds().size() > 1)
                .toList();
        assertThat(promoted).isNotEmpty().anyMatch(r -> resumed.contains(r.trial()) && r.rung() == 2);
        assertThat(promoted)
                .allMatch(r -> r.previous().flatMap(TrialArtifacts::checkpoint).isEmpty())
                .allMatch(r -> resumed.contains(r.trial()) == (r.rung() == 2));
        assertThat(promoted.stream().map(TrialRequested::trial)).doesNotHaveDuplicates();
    }

    @Test
    void stepsAreSavedAndTheBestTrialIsNotLost() {
        long with = 0;
        long without = 0;
        int lost = 0;
        for (int seed = 0; seed < 20; seed++) {
            DatasetProfiled dataset = Given.seeded(Given.families(20_000, 60, "mlp"), seed);
            SimulatedTraining training = new SimulatedTraining();
            Workers run = run(dataset, EPOCHS, training);
            SimulatedTraining whole = new SimulatedTraining();
            run(dataset, FOLDS, whole);
            String best = training.atTheirEnd.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            lost += run.completed().leaderboard().stream()
                            .anyMatch(row -> row.trial().equals(best) && halved(row))
                    ? 1
                    : 0;
            with += training.steps;
            without += whole.steps;
        }
        assertThat(with).isLessThan((long) (0.75 * without));
        assertThat(lost).isZero();
    }

    @Test
    void aRestThatFailsLeavesTheTrialWhereItPausedAndIsNotAskedForAgain() {
        SimulatedTraining training = new SimulatedTraining();
        Workers run = run(
                Given.families(20_000, 20, "mlp"),
                EPOCHS,
                r -> isRest(r) ? Given.failed(r, FailureKind.RESOURCE) : training.train(r));

        assertThat(resumed(run)).isNotEmpty();
        assertThat(resumed(run).stream().map(TrialRequested::trial)).doesNotHaveDuplicates();
        assertThat(run.completed().leaderboard().stream().filter(EpochRungsTest::halved))
                .hasSameSizeAs(pauses(run));
    }

    @Test
    void aRunWithABudgetPausesWhatIsDearAndLetsNothingGoOnThatCouldNotEndInTime() {
        Workers run = inTime(EpochRungsTest::seconds, mlps(200_000, Duration.ofSeconds(60)));
        Workers quick = inTime(r -> 0.01 * seconds(r), mlps(20_000, Duration.ofSeconds(20)));

        assertThat(pauses(run)).hasSizeGreaterThan(5);
        assertThat(resumed(run)).isNotEmpty();
        assertThat(run.inputs).noneMatch(input -> input.event() instanceof TrialFailed failed && failed.rung() > 0);
        assertThat(firstLooks(quick)).hasSizeGreaterThan(200);
        assertThat(pauses(quick))
                .filteredOn(r -> r.number() > 4)
                .as("once its cost is known, it pauses where little time is left and not before")
                .allMatch(r -> r.number() > 0.8 * firstLooks(quick).size());
    }

    private static Workers inTime(ToDoubleFunction<TrialRequested> seconds, DatasetProfiled dataset) {
        Workers run = new Workers(2, seconds, new SimulatedTraining(seconds)::train).under(EPOCHS);
        run.run(dataset, Given.START);
        return run;
    }

    private static DatasetProfiled mlps(long rows, Duration budget) {
        return Given.dataset(rows, 2, Optional.of(budget), Optional.empty(), "mlp");
    }

    private static List<TrialRequested> firstLooks(Workers run) {
        return run.requests().stream().filter(r -> r.rung() == 0).toList();
    }

    @Test
    void aTrialMayPauseWhereOthersAreStopped() {
        Workers run = run(
                Given.families(20_000, 60, "mlp", "boosting"), EPOCHS.with(Stopping.MEDIAN), new SimulatedTraining());

        assertThat(pauses(run)).isNotEmpty();
        assertThat(resumed(run)).isNotEmpty();
        assertThat(run.completed().leaderboard())
                .anyMatch(row -> row.stoppedBy().filter("median"::equals).isPresent())
                .anyMatch(EpochRungsTest::halved);
        assertThat(run.state.curves().get("mlp"))
                .as("what went on is a yardstick")
                .isNotEmpty();
    }

    @Test
    void aRunOfAnEarlierReleasePausesNothing() {
        String json = "{\"window\":4,\"defaultBudget\":\"PT5M\",\"cures\":true,\"records\":{},\"search\":\"diagnosis\","
                + "\"stopping\":\"none\"}";
        SearchPolicy recorded = Json.read(json.getBytes(StandardCharsets.UTF_8), SearchPolicy.class);

        assertThat(pauses(run(Given.trials(20_000, 60), recorded, new SimulatedTraining())))
                .isEmpty();
    }

    @Test
    void boostedNetworksDoNotPause() {
        Workers run = run(Given.families(20_000, 20, NetworkConfiguration.BOOSTED), EPOCHS, new SimulatedTraining());

        assertThat(run.requests()).filteredOn(r -> r.rung() == 0).hasSizeGreaterThan(10);
        assertThat(pauses(run)).isEmpty();
    }

    @Test
    void trialsOnAllFoldsDoNotPause() {
        assertThat(pauses(run(Given.trials(500, 60), EPOCHS, new SimulatedTraining())))
                .isEmpty();
    }

    /** Epochs take the same time each: of four, two before the pause and two after it. */
    private static double seconds(TrialRequested request) {
        if (!(request.configuration() instanceof NetworkConfiguration network)) {
            return 1;
        }
        double share = Math.ceil(ProgressCurve.progressAt(-6) * network.epochs()) / network.epochs();
        return 6 * (request.pauseAfter().isPresent() ? share : isRest(request) ? 1 - share : 1);
    }

    private static Workers run(DatasetProfiled dataset, SearchPolicy policy, SimulatedTraining training) {
        return run(dataset, policy, training::train);
    }

    private static Workers run(DatasetProfiled dataset, SearchPolicy policy, Function<TrialRequested, Event> training) {
        Workers run = new Workers(2, r -> 1, training).under(policy);
        run.run(dataset, Given.START);
        return run;
    }

    private static List<TrialRequested> pauses(Workers run) {
        return run.requests().stream().filter(r -> r.pauseAfter().isPresent()).toList();
    }

    private static List<TrialRequested> resumed(Workers run) {
        return run.requests().stream().filter(EpochRungsTest::isRest).toList();
    }

    private static boolean isRest(TrialRequested request) {
        return request.previous().flatMap(TrialArtifacts::checkpoint).isPresent();
    }

    private static boolean halved(RankedTrial row) {
        return row.stoppedBy().filter("halving"::equals).isPresent();
    }
}
