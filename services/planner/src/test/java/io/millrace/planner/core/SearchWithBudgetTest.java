package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.FailureKind;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWithBudgetTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Instant PROFILED = Given.START.plusSeconds(1);

    @Test
    void theFirstTrialStartsWhileRangeTestsRun() {
        Decision first = Search.begin(Given.budget(20_000, MINUTE), Given.POLICY, PROFILED);

        // More would take the cores from the trials.
        assertThat(first.emissions())
                .filteredOn(e -> e.event() instanceof RangeTestRequested)
                .hasSize(2);
        assertThat(first.emissions())
                .filteredOn(e -> e.event() instanceof TrialRequested)
                .hasSize(4);
        assertThat(first.emissions()).extracting(Emission::subject).doesNotHaveDuplicates();
    }

    @Test
    void aNetworkIsAskedForOnlyAtTheRangeThatItsTestFound() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.budget(500, MINUTE), PROFILED);

        List<TrialRequested> networks = run.requests().stream()
                .filter(r -> r.configuration() instanceof NetworkConfiguration)
                .toList();
        assertThat(networks).hasSizeGreaterThan(5).allSatisfy(r -> assertThat(
                        r.learningRate().orElseThrow().max())
                .isEqualTo(0.01));
    }

    @Test
    void networksThatDifferOnlyInDropoutShareOneRangeTest() {
        Workers run = new Workers(2, r -> .3);
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        List<String> keys = run.emissions.stream()
                .map(Emission::event)
                .filter(RangeTestRequested.class::isInstance)
                .map(e -> RangeTest.key(((RangeTestRequested) e).network()))
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
        long distinctNetworks = run.requests().stream()
                .map(TrialRequested::configuration)
                .filter(NetworkConfiguration.class::isInstance)
                .distinct()
                .count();
        assertThat((long) keys.size()).isLessThan(distinctNetworks);
    }

    @Test
    void dearTrialsLetFamiliesThatWereNotTriedGoFirst() {
        Workers run = new Workers(2, r -> r.configuration() instanceof TreesConfiguration ? 25 : 4);
        run.run(Given.pixels(Duration.ofMinutes(2)), PROFILED);

        List<String> families =
                run.requests().stream().map(r -> r.configuration().family()).toList();
        assertThat(families.get(0)).isEqualTo(TreesConfiguration.BOOSTING);
        List<String> afterwards = families.subList(1, families.size());
        assertThat(afterwards.subList(0, afterwards.indexOf(TreesConfiguration.BOOSTING)))
                .contains(NetworkConfiguration.MLP, NetworkConfiguration.LINEAR);
    }

    /** Workers whose trials take so long, have a core for a share of that, and err by so much more. */
    private static Workers erringMore(
            int cores, ToDoubleFunction<TrialRequested> seconds, double share, ToDoubleFunction<TrialRequested> more) {
        return new Workers(
                cores,
                seconds,
                r -> Given.scoredOnACore(r, Given.error(r) + more.applyAsDouble(r), share, seconds.applyAsDouble(r)));
    }

    /** Two workers whose trials take so long, those of trees with an error that is by so much worse. */
    private static Workers treesBeingWorse(double worse, ToDoubleFunction<TrialRequested> seconds) {
        return erringMore(2, seconds, 1, r -> r.configuration() instanceof TreesConfiguration ? worse : 0);
    }

    @Test
    void whatIsDearButOfTheFamilyThatLeadsNeedNotWaitForAllOthers() {
        assertThat(beforeSecondBoosting(-0.2, 18, 1, 9)).doesNotContain(NetworkConfiguration.TABM);
        assertThat(beforeSecondBoosting(0.2, 18, 1, 9)).contains(NetworkConfiguration.TABM);
    }

    @Test
    void whatIsDearOnlyBecauseItSharedItsCoreNeedNotWaitEither() {
        assertThat(beforeSecondBoosting(-0.2, 40, 1, 15)).contains(NetworkConfiguration.RESNET);
        assertThat(beforeSecondBoosting(-0.2, 40, 0.4, 15)).doesNotContain(NetworkConfiguration.RESNET);
    }

    /**
     * The families that are tried before boosting comes again, whose error is by so much worse, which takes so many seconds of 120, and
     * has a core for a share of them; others take so many.
     */
    private static List<String> beforeSecondBoosting(double worse, double trees, double share, double others) {
        ToDoubleFunction<TrialRequested> seconds =
                r -> r.configuration() instanceof TreesConfiguration ? trees : others;
        Workers run = erringMore(2, seconds, share, r -> r.configuration() instanceof TreesConfiguration ? worse : 0);
        run.run(Given.pixels(Duration.ofMinutes(2)), PROFILED);
        List<String> families =
                run.requests().stream().map(r -> r.configuration().family()).toList();
        int second = families.subList(1, families.size()).indexOf(TreesConfiguration.BOOSTING);
        return second < 0 ? families : families.subList(1, second + 1);
    }

    @Test
    void treesOfWhatALinearModelLeavesNeedNotWaitWhereItIsBetterThanTrees() {
        assertThat(beforeTreesOfWhatALinearModelLeaves(-0.1, SearchStrategy.DIAGNOSIS))
                .contains(NetworkConfiguration.LINEAR)
                .doesNotContain(NetworkConfiguration.TABM);
        assertThat(beforeTreesOfWhatALinearModelLeaves(0.5, SearchStrategy.DIAGNOSIS))
                .contains(NetworkConfiguration.TABM);
        assertThat(beforeTreesOfWhatALinearModelLeaves(-0.1, SearchStrategy.RANDOM))
                .contains(NetworkConfiguration.TABM);
    }

    /**
     * The families that are tried before, where trees take a third of the budget in processor time and err by more than networks, a
     * linear model by so much more.
     */
    private static List<String> beforeTreesOfWhatALinearModelLeaves(double linear, SearchStrategy strategy) {
        ToDoubleFunction<TrialRequested> seconds = r -> r.configuration() instanceof TreesConfiguration ? 27 : 4;
        ToDoubleFunction<TrialRequested> more = r -> r.configuration() instanceof TreesConfiguration
                ? 0.2
                : r.configuration().family().equals(NetworkConfiguration.LINEAR) ? linear : 0;
        Workers run =
                erringMore(1, seconds, 1.5, more).under(new SearchPolicy(1, Duration.ofMinutes(5), strategy, Map.of()));
        run.run(Given.budget(20_000, Duration.ofMinutes(2)), PROFILED);
        return run.requests().stream()
                .takeWhile(r -> !(r.configuration() instanceof TreesConfiguration trees && trees.correctsLinearModel()))
                .map(r -> r.configuration().family())
                .toList();
    }

    @Test
    void dearTrialsOfAFamilyThatIsNoMatchLetOthersGoFirst() {
        assertThat(dearBoosting(0.2)).isPositive().isLessThan(dearBoosting(-0.2));
    }

    /** How many dear boosted trials a run has time for where the error of boosting is by so much worse. */
    private static long dearBoosting(double worse) {
        ToDoubleFunction<TrialRequested> seconds = r -> r.configuration() instanceof TreesConfiguration trees
                ? 160 * trees.rowSample() * trees.columnSample()
                : 4;
        Workers run = treesBeingWorse(worse, seconds);
        run.run(Given.pixels(Duration.ofMinutes(2)), PROFILED);
        return run.requests().stream()
                .filter(r -> r.configuration().family().equals(TreesConfiguration.BOOSTING))
                .filter(r -> seconds.applyAsDouble(r) > 12)
                .count();
    }

    @Test
    void aNetworkThatOnlyWaitsForItsRangeGoesBeforeWhatDoesNotFit() {
        ToDoubleFunction<TrialRequested> seconds =
                r -> switch (r.configuration().family()) {
                    case TreesConfiguration.FOREST -> 200;
                    case TreesConfiguration.BOOSTING -> 25;
                    default -> 4;
                };
        Workers run = treesBeingWorse(.2, seconds).withRangeTestsOf(2);
        run.run(Given.pixels(Duration.ofMinutes(2)), PROFILED);

        assertThat(run.requests())
                .extracting(r -> r.configuration().family())
                .doesNotContain(TreesConfiguration.FOREST);
        assertThat(run.busySeconds).isGreaterThan(0.85 * 2 * 113);
    }

    @Test
    void theSearchEndsInTimeAndKeepsBothCoresBusy() {
        for (long rows : List.of(500L, 20_000L, 200_000L)) {
            Workers run = new Workers(2, r -> 1.5 * r.folds().size());
            SearchCompleted completed = (SearchCompleted) run.run(Given.budget(rows, MINUTE), PROFILED);

            assertThat(run.now).isBeforeOrEqualTo(Given.START.plusSeconds(58));
            assertThat(run.busySeconds).as("%d rows", rows).isGreaterThan(0.85 * 2 * 53);
            assertThat(completed.deadline()).contains(Given.START.plus(MINUTE));
            assertThat(completed.candidates()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 20_000})
    void ratesAreFoundForWhatIsTrained(long rows) {
        Workers run = new Workers(2, r -> 2);
        run.run(Given.budget(rows, Duration.ofSeconds(40)), PROFILED);

        Set<String> trained = run.requests().stream()
                .map(TrialRequested::configuration)
                .filter(NetworkConfiguration.class::isInstance)
                .map(c -> RangeTest.key((NetworkConfiguration) c))
                .collect(Collectors.toSet());
        long tests = run.emissions.stream()
                .filter(e -> e.event() instanceof RangeTestRequested)
                .count();
        assertThat(trained).hasSizeGreaterThan(5);
        assertThat(tests).isLessThanOrEqualTo(trained.size() + 2);
    }

    /** Where rows are many, a trial is worth another family's promotion. */
    @Test
    void whereOneNetworkIsNoMatchOthersLetTreesGoFirst() {
        assertThat(deepFamilies(20_000, SearchStrategy.DIAGNOSIS, 0.2)).hasSize(1);
        assertThat(deepFamilies(20_000, SearchStrategy.DIAGNOSIS, 0)).hasSizeGreaterThan(2);
        assertThat(deepFamilies(500, SearchStrategy.DIAGNOSIS, 0.2)).hasSizeGreaterThan(2);
        assertThat(deepFamilies(20_000, SearchStrategy.RANDOM, 0.2)).hasSizeGreaterThan(2);
    }

    /** The families of networks, linear ones aside, that are trained in a minute where their error is by so much worse. */
    private static Set<String> deepFamilies(long rows, SearchStrategy strategy, double worse) {
        Workers run = new Workers(2, r -> 3, r -> Given.scored(r, isDeep(r) ? .3 + worse : .3, 3))
                .under(new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of()));
        run.run(Given.budget(rows, MINUTE), PROFILED);
        return run.requests().stream()
                .filter(SearchWithBudgetTest::isDeep)
                .map(r -> r.configuration().family())
                .collect(Collectors.toSet());
    }

    private static boolean isDeep(TrialRequested request) {
        return request.configuration() instanceof NetworkConfiguration network
                && !network.family().equals(NetworkConfiguration.LINEAR);
    }

    /** A JVM that warms up and range tests share the cores with the first trials. */
    @Test
    void aFirstTrialThatHadLittleOfItsCoreIsPromotedForWhatItTakesNow() {
        ToDoubleFunction<TrialRequested> processor = r -> 3.0 * r.folds().size();
        ToDoubleFunction<TrialRequested> share = r -> r.number() <= 4 && r.rung() == 0 ? 0.3 : 1;
        Workers run = new Workers(
                2,
                r -> processor.applyAsDouble(r) / share.applyAsDouble(r),
                r -> Given.scoredOnACore(
                        r,
                        r.number() == 2 ? 0.1 : 0.2,
                        share.applyAsDouble(r),
                        processor.applyAsDouble(r) / share.applyAsDouble(r)));
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        assertThat(run.requests()).anyMatch(r -> r.number() == 2 && r.rung() == 1);
    }

    @Test
    void theLastSecondsGoToANetworkInAsManyEpochsAsTheyPayFor() {
        ToDoubleFunction<TrialRequested> seconds =
                r -> r.configuration() instanceof NetworkConfiguration network ? network.epochs() / 20.0 : 12;
        int hurried = 0;
        // Whether something whole happens to fit into the last seconds depends on the budget.
        for (int budget = 50; budget < 75; budget++) {
            Workers run = new Workers(2, seconds);
            run.run(Given.budget(500, Duration.ofSeconds(budget)), PROFILED);
            List<TrialRequested> inFewerEpochs = run.requests().stream()
                    .filter(r -> r.reason().contains("because there is time for no more"))
                    .toList();
            hurried += inFewerEpochs.isEmpty() ? 0 : 1;
            // Fitted to no less than two fifths of its epochs, less a margin.
            assertThat(inFewerEpochs)
                    .allSatisfy(r -> assertThat(shareOfEpochs(r.reason())).isBetween(.4 * .85 - .05, .95));
            assertThat(run.busySeconds).isGreaterThan(1.7 * budget);
        }
        assertThat(hurried).isGreaterThan(5);
    }

    private static double shareOfEpochs(String reason) {
        Matcher told = Pattern.compile("In (\\d+) epochs of (\\d+), because").matcher(reason);
        assertThat(told.find()).as(reason).isTrue();
        return Double.parseDouble(told.group(1)) / Double.parseDouble(told.group(2));
    }

    @Test
    void theSearchNeverRunsDryBeforeTheBudgetEnds() {
        Workers run = new Workers(2, r -> .5);
        run.run(Given.budget(500, MINUTE), PROFILED);

        assertThat(run.requests()).hasSizeGreaterThan(200);
        assertThat(run.requests().stream()
                        .map(TrialRequested::configuration)
                        .distinct()
                        .count())
                .isGreaterThan(150);
        assertThat(run.completed().leaderboard()).hasSize(100);
        assertThat(run.completed().candidates()).hasSize(25);
        assertThat(run.completed().trials()).isGreaterThan(200);
    }

    @Test
    void atMostAWindowOfTrialsIsUnderWay() {
        Decision decision = Search.begin(
                Given.budget(500, MINUTE), new SearchPolicy(7, MINUTE, SearchStrategy.DIAGNOSIS, Map.of()), PROFILED);

        assertThat(decision.state().outstanding()).hasSize(7);
    }

    @Test
    void strongTrialsOfSeveralFamiliesArePromotedToAllFolds() {
        Workers run = new Workers(2, r -> 1.2 * r.folds().size());
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        SearchCompleted completed = run.completed();
        assertThat(completed.candidates())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(c -> assertThat(c.artifacts().folds()).containsExactly(0, 1, 2, 3, 4));
        Set<String> promoted = completed.candidates().stream()
                .map(SearchCompleted.Candidate::trial)
                .collect(Collectors.toSet());
        assertThat(completed.leaderboard().subList(0, promoted.size()))
                .allMatch(row -> promoted.contains(row.trial()) && row.folds() == 5);
        assertThat(run.requests().stream()
                        .filter(r -> r.rung() == 1)
                        .map(r -> r.configuration().family())
                        .distinct())
                .hasSizeGreaterThan(1);
        assertThat(run.requests()).filteredOn(r -> r.rung() == 1).allSatisfy(r -> {
            assertThat(r.folds()).containsExactly(1, 2, 3, 4);
            assertThat(r.previous().orElseThrow().folds()).containsExactly(0);
        });
    }

    @Test
    void noPromotionStartsThatCouldNotEndInTime() {
        Workers run = new Workers(2, r -> 8.0 * r.folds().size());
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        assertThat(run.requests()).filteredOn(r -> r.rung() == 1).hasSizeLessThanOrEqualTo(2);
        assertThat(run.completed().candidates()).isNotEmpty();
    }

    @Test
    void aPromotionThatIsCutShortFallsBackToItsFirstLook() {
        Workers run = new Workers(
                2,
                r -> 1,
                r -> Given.scored(r, Given.error(r), 1, new HashSet<>(r.rung() == 0 ? r.folds() : List.of(0, 1))));
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        Set<List<Integer>> folds = new HashSet<>();
        run.completed().candidates().forEach(c -> folds.add(c.artifacts().folds()));
        assertThat(folds).hasSize(1);
    }

    @Test
    void theSearchEndsWithoutWaitingForStragglers() {
        Decision begun = Search.begin(Given.budget(500, MINUTE), Given.POLICY, PROFILED);
        TrialRequested first = firstRequest(begun);
        Decision one = Search.on(begun.state(), Given.scored(first, .4, 1), PROFILED.plusSeconds(2));
        Instant end = one.state().clock().orElseThrow().end();

        assertThat(Search.tick(one.state(), end.minusMillis(1)).state().active())
                .isTrue();
        Decision over = Search.tick(one.state(), end);
        assertThat(over.state().phase()).isEqualTo(Phase.COMPLETED);
        assertThat(over.emissions()).extracting(Emission::event).hasExactlyElementsOfTypes(SearchCompleted.class);
    }

    @Test
    void aRunWithoutAnyResultIsRescuedByASmallTrial() {
        Workers run =
                new Workers(2, r -> r.configuration().equals(Portfolio.rescue().configuration()) ? 3 : 1e4);
        SearchCompleted completed = (SearchCompleted) run.run(Given.budget(500_000, Duration.ofSeconds(30)), PROFILED);

        assertThat(completed.candidates()).hasSize(1);
        assertThat(run.now).isBefore(Given.START.plusSeconds(45));
    }

    @Test
    void aRunWithoutAnyResultFailsAfterHalfTheBudgetAgain() {
        Workers run = new Workers(2, r -> 1e4);
        RunFailed failed = (RunFailed) run.run(Given.budget(500, Duration.ofSeconds(30)), PROFILED);

        assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failed.message()).contains("larger budget");
        assertThat(run.now).isBeforeOrEqualTo(Given.START.plusSeconds(46));
    }

    @Test
    void aRunWhoseFirstTrialsAllFailSaysWhy() {
        Workers run = new Workers(2, r -> 1, r -> Given.failed(r, FailureKind.RESOURCE));
        RunFailed failed = (RunFailed) run.run(Given.budget(500, MINUTE), PROFILED);

        assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCE);
        assertThat(failed.message()).contains("The trainer gave up.");
        assertThat(run.now).isBefore(Given.START.plusSeconds(10));
    }

    @Test
    void aTrialThatFailsIsCountedAndTheSearchGoesOn() {
        Workers run = new Workers(
                2,
                r -> 1,
                r -> r.number() % 3 == 0 ? Given.failed(r, FailureKind.BUG) : Given.scored(r, Given.error(r), 1));
        run.run(Given.budget(500, MINUTE), PROFILED);

        assertThat(run.completed().leaderboard()).noneMatch(row -> row.trial().equals("t003"));
        assertThat(run.completed().trials())
                .isGreaterThan(run.completed().leaderboard().size());
    }

    @Test
    void withoutARangeTesterNetworksTrainAtTheCustomaryRate() {
        Workers run = new Workers(2, r -> 1).withRangeTestsOf(1e9);
        run.run(Given.budget(20_000, MINUTE), PROFILED);

        assertThat(run.requests().stream().map(TrialRequested::learningRate).flatMap(Optional::stream))
                .isNotEmpty();
        assertThat(run.busySeconds).isGreaterThan(0.85 * 2 * 53);
    }

    /** The clock is asked every so often; what comes in between must not make it forget the range test. */
    @Test
    void aRangeTestThatIsOverdueIsGivenUpAlsoWhereAnEventComesBeforeTheClockIsAsked() {
        Decision begun = Search.begin(Given.budget(20_000, MINUTE), Given.POLICY, PROFILED);
        TrialRequested first = firstRequest(begun);
        Instant overdue = begun.state().wakeUp().orElseThrow();
        Decision one = Search.on(begun.state(), Given.scored(first, .4, 1), overdue.plusMillis(50));

        assertThat(one.state().wakeUp()).contains(overdue);
        Decision asked = Search.tick(one.state(), overdue.plusMillis(100));
        assertThat(asked.state().ranges().values())
                .filteredOn(test -> test.requestedAt().equals(PROFILED))
                .isNotEmpty()
                .allMatch(test -> test.range().isPresent());
        assertThat(asked.state().wakeUp())
                .hasValueSatisfying(at -> assertThat(at).isAfter(overdue.plusMillis(100)));
    }

    @Test
    void aLateProfileStillLeavesTimeForTrials() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.budget(500, Duration.ofSeconds(30)), Given.START.plusSeconds(29));

        assertThat(run.completed().candidates()).isNotEmpty();
        assertThat(run.now).isBefore(Given.START.plusSeconds(36));
    }

    @Test
    void largeTablesAreSampledSoThatThereIsAnEarlyResult() {
        Decision begun = Search.begin(
                Given.dataset(450_000, 23, Optional.of(Duration.ofSeconds(30)), Optional.empty()),
                Given.POLICY,
                PROFILED);

        List<TrialRequested> requests = begun.emissions().stream()
                .filter(e -> e.event() instanceof TrialRequested)
                .map(e -> (TrialRequested) e.event())
                .toList();
        assertThat(requests).isNotEmpty().allMatch(r -> r.folds().equals(List.of(0)));
        // What is solved for has time for all rows.
        assertThat(requests)
                .filteredOn(r -> !(r.configuration() instanceof GaussianConfiguration))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r.rowLimit().orElseThrow()).isBetween(5_000, 400_000));
    }

    @Test
    void aClockThatJumpsAheadEndsTheSearchWithWhatItHasAndOneThatIsSetBackGivesItItsTimeOnceMore() {
        Decision begun = Search.begin(Given.budget(500, MINUTE), Given.POLICY, PROFILED);
        List<TrialRequested> trials = begun.emissions().stream()
                .map(Emission::event)
                .filter(TrialRequested.class::isInstance)
                .map(TrialRequested.class::cast)
                .toList();
        Decision one = Search.on(begun.state(), Given.scored(trials.get(0), .4, 1), PROFILED.plusSeconds(2));

        Decision ahead = Search.tick(one.state(), PROFILED.plus(Duration.ofDays(1)));
        assertThat(ahead.emissions()).extracting(Emission::event).hasExactlyElementsOfTypes(SearchCompleted.class);

        Instant yesterday = PROFILED.minus(Duration.ofDays(1));
        Decision back = Search.tick(one.state(), yesterday);
        assertThat(back.state().active()).isTrue();
        Decision failed = Search.on(back.state(), Given.failed(trials.get(0), FailureKind.BUG), yesterday);
        assertThat(failed.state().active()).isTrue();
        assertThat(failed.state().wakeUp())
                .hasValueSatisfying(at -> assertThat(at).isAfter(yesterday));
        assertThat(Search.tick(failed.state(), yesterday.plusSeconds(30))
                        .state()
                        .active())
                .isTrue();
        Decision over = Search.tick(failed.state(), yesterday.plus(MINUTE));
        assertThat(over.emissions()).extracting(Emission::event).hasExactlyElementsOfTypes(SearchCompleted.class);
    }

    @Test
    void nothingIsDecidedAfterTheRunEnded() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.budget(500, MINUTE), PROFILED);
        TrialRequested last = run.requests().get(run.requests().size() - 1);

        Decision late = Search.on(run.state, Given.scored(last, .1, 1), run.now);
        assertThat(late).isEqualTo(new Decision(run.state, List.of()));
        assertThat(Search.tick(run.state, run.now.plusSeconds(99)).emissions()).isEmpty();
        Decision failed = Search.on(run.state, new RunFailed("churn", "ensembler", FailureKind.BUG, "x"), run.now);
        assertThat(failed.state().phase()).isEqualTo(Phase.ENDED);
    }

    private static TrialRequested firstRequest(Decision begun) {
        return begun.emissions().stream()
                .map(Emission::event)
                .filter(TrialRequested.class::isInstance)
                .map(TrialRequested.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
