package io.millrace.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.Cause;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.events.ProgressCurve;
import io.millrace.events.RankedTrial;
import io.millrace.events.Score;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.events.Verdict;
import io.millrace.modelling.ensemble.EnsembleArchive;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.modelling.ensemble.Finish;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.signing.SigningKey;
import io.millrace.runtime.work.RetryPolicy;
import io.millrace.tables.TableFiles;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nine rows; source row i has feature i, class i % 2 and fold i % 3 - 1, so rows 0, 3, 6 are the holdout. */
class EvaluatorTest {
    private static final SigningKey KEY = SigningKey.make();
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final byte[] KIND = "odd".getBytes(StandardCharsets.UTF_8);
    private static final Work WORK = new Work() {
        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public int delivery() {
            return 1;
        }
    };

    @TempDir
    Path scratch;

    private final BlobStore blobs = new InMemoryBlobStore();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private Platform platform;
    private EvaluatorMetrics metrics;

    @BeforeEach
    void platform() {
        platform = new Platform(
                new InMemoryEventBus(clock, RetryPolicy.DEFAULT), blobs, new PrometheusRegistry(), clock, scratch);
        metrics = new EvaluatorMetrics(platform.metrics());
    }

    @Test
    void aTrialIsScoredOnTheRowsOfItsFolds() throws Exception {
        TrialEvaluated evaluated = (TrialEvaluated) evaluate(0.8f);
        assertThat(evaluated.score().value()).isCloseTo(-Math.log(0.8), within(1e-6));
        assertThat(evaluated.scores()).containsEntry(Metric.ACCURACY, 1.0).containsEntry(Metric.AUC, 1.0);
        assertThat(evaluated.scores()).doesNotContainKey(Metric.RMSE);
        assertThat(evaluated.diagnosis().verdict()).isEqualTo(Verdict.GENERALIZATION);
        assertThat(evaluated.trial()).isEqualTo("t001");
    }

    @Test
    void aTrialThatWasStoppedTellsSoAndHowItGotOn() throws Exception {
        TrialEvaluated evaluated = (TrialEvaluated) evaluate(
                0.8f,
                new LearningCurve(
                        List.of(
                                new LearningCurve.Point(1, 0.6, 0.6, 0.6),
                                new LearningCurve.Point(2, 0.5, 0.5, 0.5),
                                new LearningCurve.Point(3, 0.4, 0.4, 0.4)),
                        2,
                        "median"));
        assertThat(evaluated.stoppedBy()).contains("median");
        assertThat(evaluated.diagnosis().confidence()).isZero();
        // By rounds of .1 it came to .25 and .297, each with two of them.
        assertThat(evaluated.progress()).contains(new ProgressCurve(0, -8, List.of(0.5, 0.5)));
    }

    @Test
    void aTrialWithoutFinitePredictionsFails() throws Exception {
        TrialFailed failed = (TrialFailed) evaluate(Float.NaN);
        assertThat(failed.message()).contains("row 1 is NaN");
        assertThat(failed.rung()).isZero();
    }

    @Test
    void aModelIsPublishedWithItsHoldoutScore() throws Exception {
        ModelPublished published = publish(profile(3));
        assertThat(published.holdoutScore().orElseThrow().value()).isCloseTo(-Math.log(0.9), within(1e-6));
        assertThat(published.holdoutScores()).containsEntry(Metric.ACCURACY, 1.0);
        // Three rows say nothing of it, those out of fold do.
        assertThat(published.calibrationError()).hasValue(.03);
        assertThat(text(published.holdoutPredictions().orElseThrow()))
                .isEqualTo("row,y,prediction,even,odd\n0,even,even,0.9,0.1\n3,odd,odd,0.1,0.9\n6,even,even,0.9,0.1\n");
        assertThat(published.leaderboard()).extracting(RankedTrial::weight).containsExactly(1.0, 0.0);
        assertThat(published.publishedAt()).isEqualTo(NOW);
        assertThat(published.provenance()).containsEntry("seed", "7");
        assertThat(published.signature()).contains(KEY.sign(published.model().sha256()));
    }

    @Test
    void theLeaderboardFileBeginsWithTheEnsemble() throws Exception {
        assertThat(text(publish(profile(3)).leaderboardFile()))
                .isEqualTo(
                        """
                        rank,trial,family,metric,score,low,high,folds,learning_rate,train_seconds,verdict,weight,parent,cures,cure,cpu_seconds,stopped_by
                        0,ensemble,ensemble,log_loss,0.1,0.05,0.15,,,,,1.0,,,,,
                        1,t001,boosting,log_loss,0.2,0.1,0.3,2,,1.5,healthy,1.0,,,,1.4,patience
                        2,t002,mlp,log_loss,0.3,0.2,0.4,2,0.01,2.5,variance,0.0,t001,generalization,more-dropout,,
                        """);
    }

    @Test
    void aModelWithoutAHoldoutIsPublishedWithoutAScore() throws Exception {
        ModelPublished published = publish(profile(0));
        assertThat(published.holdoutScore()).isEmpty();
        assertThat(published.holdoutScores()).isEmpty();
        assertThat(published.holdoutPredictions()).isEmpty();
    }

    private Event evaluate(float right) throws Exception {
        return evaluate(right, new LearningCurve(List.of(new LearningCurve.Point(1, 0.01, 0.4, 0.4)), 0, "completed"));
    }

    private Event evaluate(float right, LearningCurve curve) throws Exception {
        Matrix predictions = Matrix.filled(9, 2, Float.NaN);
        for (int r = 0; r < 9; r++) {
            predictions.set(r, r % 2, r % 3 == 0 ? Float.NaN : right);
            predictions.set(r, 1 - r % 2, r % 3 == 0 ? Float.NaN : 1 - right);
        }
        TrialArtifacts artifacts = new TrialArtifacts(
                blobs.put("predictions", predictions.toBytes()),
                blobs.put("model", new byte[] {1}),
                blobs.put("curves", Json.write(Map.of(0, curve, 1, curve))),
                List.of(0, 1),
                Optional.empty());
        TrialRequested request = new TrialRequested(
                "t001",
                1,
                0,
                new TreesConfiguration("boosting", 10, 0.1, 3, 0, 1, 1, 1, 1, 0, 256, 5),
                Optional.empty(),
                List.of(0, 1),
                Optional.empty(),
                Optional.empty(),
                Metric.LOG_LOSS,
                table(),
                blobs.put("profile.json", Json.write(profile(3))),
                7,
                Optional.empty(),
                "a test",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        EvaluateTrial evaluateTrial =
                new EvaluateTrial(blobs, new StoredTruths(new TableFiles(blobs, scratch)), metrics);
        return handle(evaluateTrial, new TrialTrained(request, artifacts, true, 1, 1, Optional.empty()));
    }

    private ModelPublished publish(DatasetProfile profile) throws Exception {
        SearchCompleted search = new SearchCompleted(
                "toy",
                table(),
                blobs.put("profile.json", Json.write(profile)),
                Metric.LOG_LOSS,
                List.of(),
                List.of(
                        new RankedTrial(
                                1,
                                "t001",
                                "boosting",
                                new Score(.2, .1, .3),
                                2,
                                0,
                                1.5,
                                Verdict.HEALTHY,
                                0,
                                Optional.empty(),
                                Optional.of(1.4),
                                Optional.of("patience")),
                        new RankedTrial(
                                2,
                                "t002",
                                "mlp",
                                new Score(.3, .2, .4),
                                2,
                                .01,
                                2.5,
                                Verdict.VARIANCE,
                                0,
                                Optional.of(new Cause("t001", Verdict.GENERALIZATION, "more-dropout", .02)),
                                Optional.empty(),
                                Optional.empty())),
                2,
                "done",
                7,
                NOW,
                Optional.empty());
        EnsembleBuilt built = new EnsembleBuilt(
                search,
                blobs.put("ensemble.zip", archive(profile)),
                List.of(new EnsembleBuilt.Member("t001", 1)),
                new Score(.1, .05, .15),
                new Score(.1, .05, .15),
                Optional.of(.03));
        Learners learners = new Learners(Map.of(), Map.of("odd", (parts, p) -> new OddKnower()));
        return (ModelPublished) handle(new PublishModel(platform, learners, metrics, Optional.of(KEY)), built);
    }

    private static byte[] archive(DatasetProfile profile) throws Exception {
        EnsembleManifest manifest = new EnsembleManifest(
                EnsembleManifest.FORMAT,
                profile,
                Metric.LOG_LOSS,
                List.of(new EnsembleManifest.Member("t001", 1, List.of(0))),
                Finish.PLAIN,
                new TreeMap<>(Map.of("seed", "7")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest, out)) {
            archive.add("t001", new SeekableInMemoryByteChannel(PartsArchive.pack(Map.of("fold-0/kind", KIND))));
        }
        return out.toByteArray();
    }

    private static <E extends Event> Event handle(EventHandler<E> handler, E event) throws Exception {
        Envelope<E> input =
                new Envelope<>("e1", "t001/0", "r1", Optional.empty(), Optional.empty(), "/test", NOW, event);
        return handler.handle(input, WORK).get(0).event();
    }

    private BlobRef table() {
        Path file = scratch.resolve("rows.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.defaults(), scratch)) {
            db.execute("COPY (SELECT i::DOUBLE AS x, (i % 2)::DOUBLE AS " + DatasetProfile.TARGET + ", i % 3 - 1 AS "
                    + DatasetProfile.FOLD + ", i AS " + DatasetProfile.ROW + " FROM range(9) t(i)) TO "
                    + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
        }
        return blobs.put("table.parquet", file);
    }

    private String text(BlobRef ref) {
        return new String(blobs.read(ref), StandardCharsets.UTF_8);
    }

    private static DatasetProfile profile(long holdoutRows) {
        return new DatasetProfile(
                "toy",
                9,
                "y",
                Task.BINARY,
                List.of("even", "odd"),
                List.of(5L, 4L),
                List.of(new ColumnProfile(
                        "x",
                        ColumnKind.NUMERIC,
                        0,
                        9,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())),
                List.of(""),
                2,
                holdoutRows,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
    }

    /** Knows whether a number is odd with 90 %. */
    private static final class OddKnower implements FittedModel {
        @Override
        public Matrix predict(Table table, int[] rows) {
            Matrix p = Matrix.filled(rows.length, 2, 0.1f);
            for (int i = 0; i < rows.length; i++) {
                p.set(i, (int) table.numbers(0)[rows[i]] % 2, 0.9f);
            }
            return p;
        }

        @Override
        public Map<String, byte[]> parts() {
            return Map.of("kind", KIND);
        }

        @Override
        public void close() {}
    }
}
