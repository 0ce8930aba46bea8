package io.millrace.modelling.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.StopRule;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trees.TableBuilder;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialTrainingTest {
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 20, 0.2, 3, 0, 1, 0.8, 0.8, 1, 0, 64, 5);

    private final Table table = table();
    private final TrialTraining training = new TrialTraining(Learners.standard());

    /** 400 rows: every fifth in the holdout, the others in folds 0 to 2. */
    private static Table table() {
        Random random = new Random(5);
        double[] number = random.doubles(400).toArray();
        double[] target = IntStream.range(0, 400)
                .mapToDouble(r -> number[r] > 0.5 ? 1 : 0)
                .toArray();
        int[] folds = IntStream.range(0, 400)
                .map(r -> r % 5 == 0 ? DatasetProfile.HOLDOUT : r % 3)
                .toArray();
        return new TableBuilder().numbers("n", number).build(Task.BINARY, List.of("a", "b"), 3, folds, target);
    }

    private static TrialSpec spec(Integer... folds) {
        return spec(BOOSTING, Optional.empty(), Optional.empty(), folds);
    }

    private static TrialSpec spec(
            Configuration configuration, Optional<StopRule> stopRule, Optional<Integer> pauseAfter, Integer... folds) {
        return new TrialSpec(
                configuration,
                Optional.empty(),
                List.of(folds),
                Optional.empty(),
                Bagging.none(),
                Metric.LOG_LOSS,
                9,
                stopRule,
                pauseAfter);
    }

    private TrialResult train(TrialSpec spec, TrialResult previous) {
        return training.train(table, spec, previous, Interrupts.none(), FoldStore.none());
    }

    @Test
    void everyRowOfATrainedFoldIsPredictedAndNoOther() {
        TrialResult result = train(spec(0, 2), TrialResult.none(table));
        assertThat(result.complete()).isTrue();
        assertThat(result.folds()).containsExactly(0, 2);
        assertThat(result.cpuSeconds()).isPositive();
        for (int r = 0; r < table.rows(); r++) {
            int fold = table.folds()[r];
            assertThat(Float.isNaN(result.predictions().get(r, 0))).isEqualTo(fold != 0 && fold != 2);
        }
    }

    @Test
    void foldModelsAreReadAgainAndPredictTheirFold() {
        TrialResult result = train(spec(1), TrialResult.none(table));
        int[] rows = table.rowsOf(1);
        try (var model = Learners.standard().read(PartsArchive.under("fold-1/", result.models()), table.profile())) {
            assertThat(model.predict(table, rows).get(3, 1))
                    .isEqualTo(result.predictions().get(rows[3], 1));
        }
    }

    @Test
    void goingOnFromARungBelowGivesTheSameAsAllAtOnce() {
        TrialResult first = train(spec(1), TrialResult.none(table));
        TrialResult onward = train(spec(0, 1, 2), first);
        TrialResult atOnce = train(spec(0, 1, 2), TrialResult.none(table));
        assertThat(onward.predictions()).isEqualTo(atOnce.predictions());
        assertThat(onward.curves()).isEqualTo(atOnce.curves());
        assertThat(onward.complete()).isTrue();
        atOnce.models()
                .forEach((name, part) ->
                        assertThat(onward.models().get(name)).as(name).isEqualTo(part));
    }

    @Test
    void aStopWithinAFoldKeepsItAndLeavesOutTheRest() {
        AtomicInteger asked = new AtomicInteger();
        Interrupts interrupts = new Interrupts(() -> asked.incrementAndGet() > 3, () -> false);
        TrialResult result =
                training.train(table, spec(0, 1, 2), TrialResult.none(table), interrupts, FoldStore.none());
        assertThat(result.folds()).containsExactly(0);
        assertThat(result.complete()).isFalse();
        assertThat(result.curves().get(0).stoppedBy()).isEqualTo("deadline");
    }

    @Test
    void aTrialThatItsRuleStopsLeavesOutTheRestAlsoWhenItGoesOnElsewhere() {
        MemoryStore store = new MemoryStore();
        TrialSpec stopped =
                spec(BOOSTING, Optional.of(new StopRule(0, 5, 0, List.of(1e-9))), Optional.empty(), 0, 1, 2);

        TrialResult result = training.train(table, stopped, TrialResult.none(table), Interrupts.none(), store);
        TrialResult again = training.train(table, stopped, TrialResult.none(table), Interrupts.none(), store);

        assertThat(result.folds()).containsExactly(0);
        assertThat(result.complete()).isFalse();
        assertThat(result.stoppedByRule()).isTrue();
        assertThat(result.curves().get(0).points()).as("five rounds of .2").hasSize(5);
        assertThat(again.predictions()).isEqualTo(result.predictions());
        assertThat(again.folds()).containsExactly(0);
    }

    @Test
    void aRuleForAnotherFoldStopsNothing() {
        TrialSpec spec = spec(BOOSTING, Optional.of(new StopRule(2, 5, 0, List.of(1e-9))), Optional.empty(), 0, 1);

        assertThat(train(spec, TrialResult.none(table)).folds()).containsExactly(0, 1);
    }

    @Test
    void aStopBeforeTheFirstFoldLeavesNothing() {
        Interrupts interrupts = new Interrupts(() -> true, () -> false);
        TrialResult result = training.train(table, spec(0), TrialResult.none(table), interrupts, FoldStore.none());
        assertThat(result.folds()).isEmpty();
        assertThat(result.complete()).isFalse();
    }

    @Test
    void aCancelledFoldIsThrownAwayAndFinishedFoldsComeFromTheStore() {
        MemoryStore store = new MemoryStore();
        Interrupts duringTheSecond = new Interrupts(() -> false, () -> store.kept.containsKey(0));
        assertThatThrownBy(() -> training.train(table, spec(0, 1), TrialResult.none(table), duringTheSecond, store))
                .isInstanceOf(CancellationException.class);
        assertThat(store.kept).containsOnlyKeys(0);

        FoldResult first = store.kept.get(0);
        TrialResult resumed = training.train(table, spec(0, 1), TrialResult.none(table), Interrupts.none(), store);
        assertThat(store.kept.get(0)).isSameAs(first);
        assertThat(resumed.predictions())
                .isEqualTo(train(spec(0, 1), TrialResult.none(table)).predictions());
    }

    @Test
    void aFoldThatPausedGoesOnFromItsCheckpointOrWithoutItFromTheStart() {
        TrialResult paused = train(network(Optional.of(2), 0), TrialResult.none(table));
        TrialResult lost = new TrialResult(
                paused.predictions(), paused.models(), paused.curves(), true, paused.cpuSeconds(), Map.of());
        TrialResult whole = train(network(Optional.empty(), 0, 1), TrialResult.none(table));

        assertThat(paused.paused()).isTrue();
        assertThat(paused.folds()).containsExactly(0);
        assertThat(paused.curves().get(0).points()).hasSize(2);
        assertThat(paused.checkpoint().keySet()).allMatch(name -> name.startsWith("fold-0/"));
        for (TrialResult from : List.of(paused, lost)) {
            TrialResult resumed = train(network(Optional.empty(), 0, 1), from);
            assertThat(resumed.complete()).isTrue();
            assertThat(resumed.predictions()).isEqualTo(whole.predictions());
            assertThat(resumed.curves()).isEqualTo(whole.curves());
            assertThat(PartsArchive.pack(resumed.models())).isEqualTo(PartsArchive.pack(whole.models()));
            assertThat(resumed.checkpoint()).isEmpty();
        }
        TrialResult late = training.train(
                table, network(Optional.empty(), 0), paused, new Interrupts(() -> true, () -> false), FoldStore.none());
        assertThat(late.complete()).as("the rest is missing").isFalse();
        assertThat(late.curves()).isEqualTo(paused.curves());
    }

    @Test
    void aTrialThatPausesLeavesOutTheRestAndOneThatCannotGoesOn() {
        assertThat(train(network(Optional.of(2), 0, 1), TrialResult.none(table)).folds())
                .containsExactly(0);
        assertThat(train(spec(BOOSTING, Optional.empty(), Optional.of(2), 0), TrialResult.none(table))
                        .paused())
                .isFalse();
    }

    private static TrialSpec network(Optional<Integer> pauseAfter, Integer... folds) {
        return spec(
                new NetworkConfiguration(
                        "mlp", List.of(16), Activation.RELU, 4, 0.1, 1e-2, 0, Optimizer.ADAMW, 32, 6, 100),
                Optional.empty(),
                pauseAfter,
                folds);
    }

    @Test
    void whatAWorkerThatLeavesHasBegunGoesOnWithAnother() {
        MemoryStore store = new MemoryStore();
        TrialSpec spec = network(Optional.empty(), 0, 1);
        AtomicInteger asked = new AtomicInteger();
        Interrupts amidTheSecond = new Interrupts(
                () -> false, () -> false, () -> store.kept.containsKey(0) && asked.incrementAndGet() > 20);
        assertThatThrownBy(() -> training.train(table, spec, TrialResult.none(table), amidTheSecond, store))
                .isInstanceOf(CancellationException.class);
        assertThat(store.kept).containsOnlyKeys(0);
        BegunFold begun = store.begun.get(1);
        assertThat(begun.cpuSeconds()).isPositive();

        TrialResult resumed = training.train(table, spec, TrialResult.none(table), Interrupts.none(), store);
        TrialResult whole = train(spec, TrialResult.none(table));
        assertThat(resumed.predictions()).isEqualTo(whole.predictions());
        assertThat(resumed.curves()).isEqualTo(whole.curves());
        assertThat(PartsArchive.pack(resumed.models())).isEqualTo(PartsArchive.pack(whole.models()));
        assertThat(resumed.complete()).isTrue();
        assertThat(store.kept.get(1).cpuSeconds()).as("of both workers").isGreaterThan(begun.cpuSeconds());
    }

    @Test
    void whatIsBegunIsKeptWheneverTheStoreWantsItUnlessNobodyWantsTheTrial() {
        MemoryStore store = new MemoryStore();
        store.wanting = true;
        TrialSpec spec = network(Optional.empty(), 0);
        assertThatThrownBy(() -> training.train(
                        table,
                        spec,
                        TrialResult.none(table),
                        new Interrupts(() -> false, () -> true, () -> true),
                        store))
                .isInstanceOf(CancellationException.class);
        assertThat(store.begun).isEmpty();

        TrialResult watched = training.train(table, spec, TrialResult.none(table), Interrupts.none(), store);
        assertThat(store.begun).containsOnlyKeys(0);
        assertThat(watched.predictions())
                .isEqualTo(train(spec, TrialResult.none(table)).predictions());
    }

    @Test
    void aFoldWhoseStateIsOfAnotherReleaseBeginsAnew() {
        MemoryStore store = new MemoryStore();
        store.begun.put(0, new BegunFold(0, Map.of("weights.v0", new byte[] {1}), 1));
        TrialSpec spec = network(Optional.empty(), 0);

        assertThat(training.train(table, spec, TrialResult.none(table), Interrupts.none(), store)
                        .predictions())
                .isEqualTo(train(spec, TrialResult.none(table)).predictions());
    }

    private static Stream<Configuration> withoutState() {
        return Stream.of(
                BOOSTING,
                new NetworkConfiguration(
                        "boosted", List.of(16), Activation.RELU, 4, 0.1, 1e-2, 0, Optimizer.ADAMW, 32, 6, 100));
    }

    @ParameterizedTest
    @MethodSource("withoutState")
    void whoCannotLeaveAStateIsThrownAwayWhereItsWorkerLeaves(Configuration configuration) {
        MemoryStore store = new MemoryStore();
        TrialSpec spec = spec(configuration, Optional.empty(), Optional.empty(), 0, 1);
        AtomicInteger asked = new AtomicInteger();
        Interrupts amidTheFirst = new Interrupts(() -> false, () -> false, () -> asked.incrementAndGet() > 3);
        assertThatThrownBy(() -> training.train(table, spec, TrialResult.none(table), amidTheFirst, store))
                .isInstanceOf(CancellationException.class);
        assertThat(asked).as("it ends at once").hasValueLessThan(8);
        assertThat(store.kept).isEmpty();
        assertThat(store.begun).isEmpty();
    }

    private static final class MemoryStore implements FoldStore {
        private final Map<Integer, FoldResult> kept = new HashMap<>();
        private final Map<Integer, BegunFold> begun = new HashMap<>();
        private boolean wanting;

        @Override
        public Optional<FoldResult> find(int fold) {
            return Optional.ofNullable(kept.get(fold));
        }

        @Override
        public void keep(FoldResult fold) {
            kept.put(fold.fold(), fold);
        }

        @Override
        public Optional<BegunFold> findBegun(int fold) {
            return Optional.ofNullable(begun.get(fold));
        }

        @Override
        public boolean wantsBegun() {
            return wanting;
        }

        @Override
        public void keep(BegunFold fold) {
            begun.put(fold.fold(), fold);
        }
    }

    @Test
    void aRowLimitKeepsTheSharesOfTheClassesAndSomeOfARareOne() {
        double[] target = IntStream.range(0, 1000)
                .mapToDouble(r -> r < 12 ? 2 : r % 4 == 0 ? 1 : 0)
                .toArray();
        Table skewed =
                new TableBuilder().numbers("n", target).build(Task.MULTICLASS, List.of("a", "b", "c"), 5, target);
        int[] rows = IntStream.range(0, 1000).toArray();
        int[] sample = TrainingSample.of(skewed, rows, 100, 3);
        assertThat(sample).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.of(sample).filter(r -> target[r] == 2).count()).isEqualTo(10);
        assertThat(IntStream.of(sample).filter(r -> target[r] == 1).count()).isBetween(23L, 27L);
        assertThat(sample).isEqualTo(TrainingSample.of(skewed, rows, 100, 3));
        assertThat(sample).isNotEqualTo(TrainingSample.of(skewed, rows, 100, 4));
    }

    @Test
    void aRowLimitSpreadsOverTheTargetOfARegression() {
        double[] target = IntStream.range(0, 1000).mapToDouble(r -> r).toArray();
        Table table = new TableBuilder().numbers("n", target).build(Task.REGRESSION, List.of(), 5, target);
        int[] sample = TrainingSample.of(table, IntStream.range(0, 1000).toArray(), 10, 3);
        assertThat(IntStream.of(sample).map(r -> r / 100)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
