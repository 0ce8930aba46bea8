package io.millrace.ensembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.events.TrialArtifacts;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.table.Matrix;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.RetryPolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nine rows with target 0..8 in folds -1, 0, 1, -1, 0, 1, ... */
class BuildEnsembleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Duration RESERVE = Duration.ofSeconds(1);
    private static final Work WORK = work(() -> false);

    @TempDir
    Path scratch;

    private final BlobStore blobs = new InMemoryBlobStore();

    @Test
    void candidatesWhoseErrorsCancelBecomeOneModel() throws IOException {
        List<Candidate> candidates = List.of(candidate("t001", 1), candidate("t002", -1), candidate("t003", Float.NaN));
        EnsembleBuilt built = (EnsembleBuilt) handle(search(candidates, 3, Optional.empty()));
        assertThat(built.members())
                .containsExactly(new EnsembleBuilt.Member("t001", 0.5), new EnsembleBuilt.Member("t002", 0.5));
        assertThat(built.score().value()).isZero();
        assertThat(built.gain().value()).isEqualTo(1);
        EnsembleManifest manifest = manifest(built);
        assertThat(manifest.members())
                .containsExactly(
                        new EnsembleManifest.Member("t001", 0.5, List.of(0, 1)),
                        new EnsembleManifest.Member("t002", 0.5, List.of(0, 1)));
        assertThat(manifest.provenance()).containsEntry("seed", "7").containsEntry("run", "r1");
    }

    @Test
    void aCandidateOfOneFoldIsWeighedOnThatFoldAgainstOneOfAllFolds() throws IOException {
        List<Candidate> candidates = List.of(candidate("t001", 1), candidate("t002", -1, List.of(0)));
        EnsembleBuilt built = (EnsembleBuilt) handle(search(candidates, 2, Optional.empty()));
        assertThat(built.score().value()).isZero();
        assertThat(manifest(built).members())
                .containsExactly(
                        new EnsembleManifest.Member("t001", 0.5, List.of(0, 1)),
                        new EnsembleManifest.Member("t002", 0.5, List.of(0)));
    }

    @Test
    void aSearchThatEndedLateStillGetsItsEnsemble() throws IOException {
        List<Candidate> candidates = List.of(candidate("t001", 1), candidate("t002", -1));
        EnsembleBuilt built = (EnsembleBuilt) handle(search(candidates, 2, Optional.of(NOW.minusMillis(200))));
        assertThat(built.members())
                .containsExactly(new EnsembleBuilt.Member("t001", 0.5), new EnsembleBuilt.Member("t002", 0.5));
    }

    @Test
    void aSelectionThatTakesLongerThanTheReserveIsCutToTheBestSingleTrial() throws IOException {
        List<Candidate> candidates = List.of(candidate("t001", 2), candidate("t002", -1));
        EnsembleBuilt built = (EnsembleBuilt)
                handle(search(candidates, 2, Optional.of(NOW.plusMillis(500))), ticking(RESERVE.plusMillis(1)));
        assertThat(built.members()).containsExactly(new EnsembleBuilt.Member("t002", 1));
        assertThat(built.gain().value()).isZero();
    }

    @Test
    void aSelectionThatAStoppingWorkerCutsShortIsThrownAway() throws IOException {
        SearchCompleted search = search(List.of(candidate("t001", 2), candidate("t002", -1)), 2, Optional.empty());
        AtomicInteger asked = new AtomicInteger();
        Work stopping = work(() -> asked.incrementAndGet() > 1);
        assertThatExceptionOfType(EventHandlingException.class)
                .isThrownBy(() -> handle(search, Clock.fixed(NOW, ZoneOffset.UTC), stopping))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(EventHandlingException.Kind.RETRYABLE));
        assertThat(blobs.list("runs/")).isEmpty();
        assertThat(((EnsembleBuilt) handle(search)).members()).hasSize(2);
    }

    @Test
    void equalSearchesGiveEqualArchives() throws IOException {
        SearchCompleted search = search(List.of(candidate("t001", 1), candidate("t002", -1)), 2, Optional.empty());
        assertThat(handle(search)).isEqualTo(handle(search));
    }

    @Test
    void aSearchWithoutATrialEndsTheRunAndSaysWhatToDo() throws IOException {
        RunFailed failed = (RunFailed) handle(search(List.of(), 0, Optional.of(NOW)));
        assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failed.message()).contains("the budget is spent").contains("longer budget");
    }

    @Test
    void aSearchWhoseTrialsAllFailedEndsTheRun() throws IOException {
        RunFailed failed = (RunFailed) handle(search(List.of(), 5, Optional.empty()));
        assertThat(failed.message()).contains("None of the 5 trials");
    }

    private EnsembleManifest manifest(EnsembleBuilt built) {
        Path archive = scratch.resolve("built.zip");
        blobs.download(built.model(), archive);
        try (EnsembleModel model = EnsembleModel.open(archive, (parts, profile) -> {
            throw new AssertionError("no prediction is asked for");
        })) {
            return model.manifest();
        }
    }

    /** A time that moves on whenever it is asked for. */
    private static InstantSource ticking(Duration step) {
        AtomicLong asked = new AtomicLong();
        return () -> NOW.plus(step.multipliedBy(asked.getAndIncrement()));
    }

    private Event handle(SearchCompleted search) throws IOException {
        return handle(search, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Event handle(SearchCompleted search, InstantSource time) throws IOException {
        return handle(search, time, WORK);
    }

    private Event handle(SearchCompleted search, InstantSource time, Work work) throws IOException {
        Clock clock = time.withZone(ZoneOffset.UTC);
        Platform platform = new Platform(
                new InMemoryEventBus(clock, RetryPolicy.DEFAULT), blobs, new PrometheusRegistry(), clock, scratch);
        BuildEnsemble build =
                new BuildEnsemble(new EnsemblerConfig(1, RESERVE), platform, new EnsemblerMetrics(platform.metrics()));
        Envelope<SearchCompleted> input =
                new Envelope<>("e1", "r1", "r1", Optional.empty(), Optional.empty(), "/millrace/planner", NOW, search);
        return build.handle(input, work).get(0).event();
    }

    private static Work work(BooleanSupplier cancelled) {
        return new Work() {
            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }

            @Override
            public int delivery() {
                return 1;
            }
        };
    }

    private SearchCompleted search(List<Candidate> candidates, int trials, Optional<Instant> deadline) {
        return new SearchCompleted(
                "toy",
                table(),
                blobs.put("profile.json", Json.write(PROFILE)),
                Metric.RMSE,
                candidates,
                List.of(),
                trials,
                "the budget is spent",
                7,
                NOW,
                deadline);
    }

    private BlobRef table() {
        Path file = scratch.resolve("rows.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.defaults(), scratch)) {
            db.execute("COPY (SELECT i::DOUBLE AS x, i::DOUBLE AS " + DatasetProfile.TARGET + ", i % 3 - 1 AS "
                    + DatasetProfile.FOLD + ", i AS " + DatasetProfile.ROW + " FROM range(9) t(i)) TO "
                    + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
        }
        return blobs.put("table.parquet", file);
    }

    /** Predicts the target plus an error; nothing for the holdout. */
    private Candidate candidate(String trial, float error) {
        return candidate(trial, error, List.of(0, 1));
    }

    private Candidate candidate(String trial, float error, List<Integer> folds) {
        Matrix predictions = Matrix.filled(9, 1, Float.NaN);
        for (int r = 0; r < 9; r++) {
            predictions.set(r, 0, folds.contains(r % 3 - 1) ? r + error : Float.NaN);
        }
        Map<String, byte[]> models = Map.of("fold-0/kind", new byte[] {1}, "fold-1/kind", new byte[] {2});
        return new Candidate(
                trial,
                new TrialArtifacts(
                        blobs.put(trial + "/predictions", predictions.toBytes()),
                        blobs.put(trial + "/model", PartsArchive.pack(models)),
                        blobs.put(trial + "/curves", Json.write(Map.of())),
                        folds,
                        Optional.empty()));
    }

    private static final DatasetProfile PROFILE = new DatasetProfile(
            "toy",
            9,
            "y",
            Task.REGRESSION,
            List.of(),
            List.of(),
            List.of(new ColumnProfile(
                    "x", ColumnKind.NUMERIC, 0, 9, Optional.empty(), List.of(), Optional.empty(), Optional.empty())),
            List.of(""),
            2,
            3,
            Optional.empty(),
            0,
            new SourceFormat("csv", ",", "UTF-8"),
            List.of());
}
