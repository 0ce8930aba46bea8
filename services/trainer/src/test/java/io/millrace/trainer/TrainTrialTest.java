package io.millrace.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.LossCurve;
import io.millrace.events.StopRule;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.BegunFold;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainTrialTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TrainerConfig CONFIG = new TrainerConfig(1, Duration.ZERO, Duration.ofDays(1));
    private static final BlobRef ANY = new BlobRef("blob:any", "0", 0);

    private final BlobStore blobs = refusing(new InMemoryBlobStore());
    /** What the key of a blob holds whose next put fails, as where the process is killed before it. */
    private String refused;

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Platform platform = new Platform(
            new InMemoryEventBus(clock, RetryPolicy.DEFAULT), blobs, new PrometheusRegistry(), clock, Path.of(""));
    private final Table table = table();
    private final TrainTrial trainTrial =
            new TrainTrial(CONFIG, platform, (table, profile) -> this.table, new TrialTraining(Learners.standard()));

    private static Table table() {
        Random random = new Random(5);
        double[] number = random.doubles(300).toArray();
        // noisy, so that folds differ in their best round
        double[] target = IntStream.range(0, 300)
                .mapToDouble(r -> number[r] + 0.3 * random.nextGaussian() > 0.5 ? 1 : 0)
                .toArray();
        DatasetProfile profile = new DatasetProfile(
                "test",
                300,
                "target",
                Task.BINARY,
                List.of("a", "b"),
                List.of(150L, 150L),
                List.of(new ColumnProfile(
                        "n",
                        ColumnKind.NUMERIC,
                        0,
                        300,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                3,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        int[] folds = IntStream.range(0, 300).map(r -> r % 3).toArray();
        return new Table(profile, 300, List.of(number), target, folds);
    }

    private static TrialRequested request(
            String family, List<Integer> folds, Optional<TrialArtifacts> previous, Optional<Instant> deadline) {
        return request(new TreesConfiguration(family, 10, 0.2, 3, 0, 1, 1, 1, 1, 0, 64, 5), folds, previous, deadline);
    }

    private static TrialRequested request(
            Configuration configuration,
            List<Integer> folds,
            Optional<TrialArtifacts> previous,
            Optional<Instant> deadline) {
        return new TrialRequested(
                "t001",
                1,
                previous.isPresent() ? 1 : 0,
                configuration,
                Optional.empty(),
                folds,
                Optional.empty(),
                Optional.empty(),
                Metric.LOG_LOSS,
                ANY,
                ANY,
                7,
                previous,
                "a test asked for it",
                deadline,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Event handle(TrialRequested request, BooleanSupplier cancelled) {
        return handle(trainTrial, request, cancelled, () -> false);
    }

    private static Event handle(
            TrainTrial trainTrial, TrialRequested request, BooleanSupplier cancelled, BooleanSupplier stopping) {
        Envelope<TrialRequested> envelope = new Envelope<>(
                "event-1", "t001/0", "run-1", Optional.empty(), Optional.empty(), "/millrace/planner", NOW, request);
        Work work = new Work() {
            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean() || stopping.getAsBoolean();
            }

            @Override
            public boolean stopping() {
                return stopping.getAsBoolean();
            }

            @Override
            public int delivery() {
                return 1;
            }
        };
        List<Emission> emissions = trainTrial.handle(envelope, work);
        assertThat(emissions).hasSize(1);
        assertThat(emissions.get(0).subject()).isEqualTo("t001/" + request.rung());
        return emissions.get(0).event();
    }

    private TrialTrained trained(TrialRequested request) {
        return (TrialTrained) handle(request, () -> false);
    }

    @Test
    void storesPredictionsModelsAndCurvesOfATrial() {
        TrialTrained trained = trained(request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.empty()));
        assertThat(trained.complete()).isTrue();
        assertThat(trained.cpuSeconds()).isPositive();
        assertThat(trained.wallSeconds()).as("whatever the clock says").isPositive();
        assertThat(trained.artifacts().folds()).containsExactly(0, 1, 2);
        Matrix predictions = Matrix.fromBytes(blobs.read(trained.artifacts().predictions()));
        assertThat(predictions.rows()).isEqualTo(300);
        assertThat(new TrialBlobs(blobs).read(trained.artifacts()).models()).containsKey("fold-2/kind");
        assertThat(trained.artifacts().curves().uri()).startsWith("blob:runs/run-1/trials/t001/0-curves-");
    }

    @Test
    void aFoldHasAsManyModelsAsItsConfigurationAsksFor() {
        TreesConfiguration two = new TreesConfiguration("boosting", 10, 0.2, 3, 0, 1, 1, 1, 1, 0, 64, 5)
                .but()
                .bagging(Optional.of(new Bagging(2, true)))
                .build();
        TrialTrained trained = trained(request(two, List.of(0), Optional.empty(), Optional.empty()));

        assertThat(new TrialBlobs(blobs).read(trained.artifacts()).models())
                .containsKeys("fold-0/member-0/kind", "fold-0/member-1/kind")
                .doesNotContainKey("fold-0/member-2/kind");
    }

    @Test
    void tellsHowTheFirstFoldLearntHoweverManyThereAre() {
        TrialTrained one = trained(request("boosting", List.of(0), Optional.empty(), Optional.empty()));
        TrialTrained all =
                trained(request("boosting", List.of(0, 1, 2), Optional.of(one.artifacts()), Optional.empty()));
        TrialTrained forest = trained(request("forest", List.of(0), Optional.empty(), Optional.empty()));

        LossCurve curve = one.lossCurve().orElseThrow();
        assertThat(curve.fold()).isZero();
        assertThat(curve.points()).hasSizeGreaterThan(2).first().satisfies(p -> {
            assertThat(p.step()).isEqualTo(1);
            assertThat(p.trainingLoss()).isBetween(0.0, Math.log(2));
            assertThat(p.validationLoss()).isBetween(0.0, Math.log(2));
        });
        assertThat(all.lossCurve()).contains(curve);
        assertThat(forest.lossCurve()).isEmpty();
    }

    @Test
    void aPromotionKeepsTheFoldsOfTheRungBelow() {
        TrialTrained first = trained(request("boosting", List.of(1), Optional.empty(), Optional.empty()));
        TrialTrained second =
                trained(request("boosting", List.of(0, 1, 2), Optional.of(first.artifacts()), Optional.empty()));
        TrialTrained atOnce = trained(request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.empty()));
        assertThat(second.artifacts().folds()).containsExactly(0, 1, 2);
        assertThat(fold(1, second)).isEqualTo(fold(1, first));
        assertThat(second.artifacts().model().sha256())
                .isEqualTo(atOnce.artifacts().model().sha256());
    }

    private Matrix fold(int fold, TrialTrained trained) {
        Matrix predictions = Matrix.fromBytes(blobs.read(trained.artifacts().predictions()));
        return predictions.select(table.rowsOf(fold));
    }

    @Test
    void aDeadlineBeforeTheFirstFoldIsATimeout() {
        Event event = handle(request("boosting", List.of(0), Optional.empty(), Optional.of(NOW)), () -> false);
        assertThat(event).isInstanceOfSatisfying(TrialFailed.class, f -> assertThat(f.kind())
                .isEqualTo(FailureKind.TIMEOUT));
    }

    @Test
    void foldsThatWereFinishedInTimeCountWhereTheNextWorkerComesTooLate() {
        BooleanSupplier afterTwoFolds = () -> checkpoints().size() == 2;
        TrialRequested inTime =
                request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.of(NOW.plusSeconds(1)));
        assertThatThrownBy(() -> handle(inTime, afterTwoFolds)).isInstanceOf(EventHandlingException.class);

        TrialTrained late = trained(request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.of(NOW)));

        assertThat(late.complete()).isFalse();
        assertThat(late.artifacts().folds()).containsExactly(0, 1);
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void aConfigurationThatCannotBeTrainedIsAFailureOfTheTrial() {
        Event event = handle(request("shrubs", List.of(0), Optional.empty(), Optional.empty()), () -> false);
        assertThat(event).isInstanceOfSatisfying(TrialFailed.class, f -> {
            assertThat(f.kind()).isEqualTo(FailureKind.BUG);
            assertThat(f.message()).contains("not as 'shrubs'");
        });
    }

    @Test
    void anotherWorkerGoesOnAfterTheLastFinishedFold() {
        TrialRequested request = request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.empty());
        BooleanSupplier afterTwoFolds = () -> checkpoints().size() == 2;
        assertThatThrownBy(() -> handle(request, afterTwoFolds))
                .isInstanceOfSatisfying(EventHandlingException.class, e -> assertThat(e.kind())
                        .isEqualTo(EventHandlingException.Kind.RETRYABLE));
        assertThat(checkpoints()).hasSize(2);

        TrialTrained resumed = trained(request);
        assertThat(checkpoints()).isEmpty();
        TrialTrained fromScratch = trained(request);
        assertThat(resumed.artifacts()).isEqualTo(fromScratch.artifacts());
    }

    @Test
    void aFoldWhoseCheckpointIsDamagedIsTrainedAgain() {
        TrialRequested request = request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.empty());
        List<UnaryOperator<byte[]>> damages = List.of(
                bytes -> new byte[0],
                bytes -> Arrays.copyOf(bytes, bytes.length / 2),
                bytes -> flipped(bytes, bytes.length / 2));
        TrialTrained undisturbed = trained(request);
        for (UnaryOperator<byte[]> damage : damages) {
            BooleanSupplier afterOneFold = () -> checkpoints().size() == 1;
            assertThatThrownBy(() -> handle(request, afterOneFold)).isInstanceOf(EventHandlingException.class);
            String key = checkpoints().get(0);
            blobs.put(key, damage.apply(blobs.find(key).orElseThrow()));
            assertThat(trained(request).artifacts()).isEqualTo(undisturbed.artifacts());
        }
    }

    @Test
    void noByteOfACheckpointCanChangeUnnoticed() {
        TrialRequested request = request("boosting", List.of(0, 1), Optional.empty(), Optional.empty());
        BooleanSupplier afterOneFold = () -> checkpoints().size() == 1;
        assertThatThrownBy(() -> handle(request, afterOneFold)).isInstanceOf(EventHandlingException.class);
        FoldCheckpoints folds = new FoldCheckpoints(blobs, "run-1", "event-1", CONFIG);
        assertThat(folds.find(0)).isPresent();

        String key = checkpoints().get(0);
        byte[] good = blobs.find(key).orElseThrow();
        for (int at = 0; at < good.length; at += 1 + good.length / 10) {
            blobs.put(key, flipped(good, at));
            assertThat(folds.find(0)).as("byte %s of %s", at, good.length).isEmpty();
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    @Test
    void aTrialThatIsNoMatchForOthersIsStoppedAtTheSameRoundHoweverOftenItIsBegun() {
        TrialRequested whole = request("boosting", List.of(0, 1, 2), Optional.empty(), Optional.empty());
        TrialRequested request = whole.with(new StopRule(0, 6, -3, List.of(1.0, 1e-9)));

        TrialTrained stopped = trained(request);
        assertThatThrownBy(() -> handle(request, () -> checkpoints().isEmpty()))
                .isInstanceOf(EventHandlingException.class);
        TrialTrained again = trained(request);

        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.artifacts().folds()).containsExactly(0);
        // By rounds of .2 it came to .71 with the fourth.
        assertThat(stopped.lossCurve().orElseThrow().points()).hasSize(4);
        assertThat(again.artifacts()).isEqualTo(stopped.artifacts());
        assertThat(trained(whole).artifacts().folds()).containsExactly(0, 1, 2);
        assertThat(trials("stopped")).isEqualTo(2);
        assertThat(trials("complete")).isEqualTo(1);
    }

    @Test
    void aTrialThatPausedGoesOnAsIfItHadNot() {
        TrialTrained whole = trained(network(Optional.empty(), Optional.empty()));
        TrialTrained paused = trained(network(Optional.of(3), Optional.empty()));
        TrialTrained resumed = trained(network(Optional.empty(), Optional.of(paused.artifacts())));

        assertThat(paused.complete()).isTrue();
        assertThat(paused.lossCurve().orElseThrow().points()).hasSize(3);
        assertThat(paused.artifacts().checkpoint().orElseThrow().uri())
                .startsWith("blob:runs/run-1/trials/t001/0-checkpoint-");
        assertThat(hashes(paused.artifacts())).isNotEqualTo(hashes(whole.artifacts()));
        assertThat(hashes(resumed.artifacts())).isEqualTo(hashes(whole.artifacts()));
        assertThat(resumed.artifacts().checkpoint()).isEmpty();
        assertThat(trials("paused")).isEqualTo(1);
        assertThat(trials("complete")).isEqualTo(2);
    }

    @Test
    void aCheckpointThatIsGoneOrDamagedCostsTimeAndNothingElse() {
        List<String> whole =
                hashes(trained(network(Optional.empty(), Optional.empty())).artifacts());
        TrialTrained paused = trained(network(Optional.of(3), Optional.empty()));
        TrialRequested rest = network(Optional.empty(), Optional.of(paused.artifacts()));
        String key = blobs.list("runs/run-1/trials/t001/0-checkpoint-").get(0);

        blobs.put(key, new byte[] {1, 2, 3});
        assertThat(hashes(trained(rest).artifacts())).isEqualTo(whole);
        blobs.delete(key);
        assertThat(hashes(trained(rest).artifacts())).isEqualTo(whole);
    }

    @Test
    void whoeverTakesOverPausesAndGoesOnAtTheSamePlace() {
        TrialRequested first = network(Optional.of(3), Optional.empty());
        TrialTrained undisturbed = trained(first);
        // Killed while it trains; then when the fold is finished and kept, and what it led to is not stored yet.
        assertThatThrownBy(() -> handle(first, () -> true)).isInstanceOf(EventHandlingException.class);
        refused = "0-curves-";
        assertThatThrownBy(() -> trained(first)).isInstanceOf(EventHandlingException.class);
        assertThat(checkpoints()).hasSize(1);
        TrialTrained paused = trained(first);
        assertThat(paused.artifacts()).isEqualTo(undisturbed.artifacts());

        TrialRequested rest = network(Optional.empty(), Optional.of(paused.artifacts()));
        TrialTrained whole = trained(network(Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> handle(rest, () -> true)).isInstanceOf(EventHandlingException.class);
        refused = "1-curves-";
        assertThatThrownBy(() -> trained(rest)).isInstanceOf(EventHandlingException.class);
        assertThat(hashes(trained(rest).artifacts())).isEqualTo(hashes(whole.artifacts()));
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void aWorkerThatStopsLeavesTheFoldUnderWayAndTheNextGoesOnWithIt() {
        TrialRequested request = network(Optional.empty(), Optional.empty());
        TrialTrained whole = trained(request);

        assertThatThrownBy(() -> stopAfter(20, request)).isInstanceOf(EventHandlingException.class);
        assertThat(checkpoints()).containsExactly("runs/run-1/checkpoints/event-1/fold-0-begun.zip");
        int left = steps();
        assertThatThrownBy(() -> stopAfter(20, request)).isInstanceOf(EventHandlingException.class);
        assertThat(steps()).as("the second went on from the first").isGreaterThan(left);

        assertThat(trained(request).artifacts()).isEqualTo(whole.artifacts());
        assertThat(checkpoints()).isEmpty();
    }

    private void stopAfter(int asked, TrialRequested request) {
        AtomicInteger left = new AtomicInteger(asked);
        handle(trainTrial, request, () -> false, () -> left.decrementAndGet() < 0);
    }

    private record Progress(int steps) {}

    private int steps() {
        return Json.read(begun().state().get("progress.json"), Progress.class).steps();
    }

    private BegunFold begun() {
        return new FoldCheckpoints(blobs, "run-1", "event-1", CONFIG)
                .findBegun(0)
                .orElseThrow();
    }

    @Test
    void aDamagedStateOfAFoldCostsTimeAndNothingElse() {
        TrialRequested request = network(Optional.empty(), Optional.empty());
        TrialTrained whole = trained(request);
        assertThatThrownBy(() -> stopAfter(20, request)).isInstanceOf(EventHandlingException.class);
        String key = checkpoints().get(0);
        blobs.put(key, flipped(blobs.find(key).orElseThrow(), 200));

        assertThat(trained(request).artifacts()).isEqualTo(whole.artifacts());
    }

    @Test
    void aFoldUnderWayIsKeptEveryNowAndThenAndAStoreThatIsAwayDoesNotDisturbIt() {
        TrialRequested request = network(Optional.empty(), Optional.empty());
        TrialTrained whole = trained(request);
        TrainTrial everyStep = new TrainTrial(
                new TrainerConfig(1, Duration.ZERO, Duration.ZERO),
                new Platform(platform.bus(), blobs, new PrometheusRegistry(), clock, Path.of("")),
                (table, profile) -> this.table,
                new TrialTraining(Learners.standard()));
        AtomicInteger asked = new AtomicInteger();

        refused = "fold-0-begun";
        assertThatThrownBy(() -> handle(everyStep, request, () -> asked.incrementAndGet() > 20, () -> false))
                .as("killed, as it were, and the first write had failed")
                .isInstanceOf(EventHandlingException.class);
        assertThat(refused).isNull();
        assertThat(steps()).isPositive();
        assertThat(trained(request).artifacts()).isEqualTo(whole.artifacts());
    }

    private BlobStore refusing(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BlobStore.class}, (self, method, arguments) -> {
                    if (refused != null
                            && method.getName().equals("put")
                            && ((String) arguments[0]).contains(refused)) {
                        refused = null;
                        throw new EventHandlingException(
                                EventHandlingException.Kind.RETRYABLE, "the store is away", null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static List<String> hashes(TrialArtifacts artifacts) {
        return List.of(
                artifacts.predictions().sha256(),
                artifacts.model().sha256(),
                artifacts.curves().sha256());
    }

    private static TrialRequested network(Optional<Integer> pauseAfter, Optional<TrialArtifacts> previous) {
        TrialRequested whole = request(
                new NetworkConfiguration(
                        "mlp", List.of(16), Activation.RELU, 4, 0.1, 1e-2, 0, Optimizer.ADAMW, 32, 8, 100),
                List.of(0),
                previous,
                Optional.empty());
        return pauseAfter.map(whole::pausingAfter).orElse(whole);
    }

    private double trials(String outcome) {
        return platform.metrics().scrape().stream()
                .filter(s -> s.getMetadata().getName().equals("millrace_trainer_trials"))
                .flatMap(s -> s.getDataPoints().stream())
                .filter(p -> outcome.equals(p.getLabels().get("outcome")))
                .mapToDouble(p -> ((CounterSnapshot.CounterDataPointSnapshot) p).getValue())
                .sum();
    }

    private List<String> checkpoints() {
        return blobs.list("runs/run-1/checkpoints/event-1/");
    }
}
