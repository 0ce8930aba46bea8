package io.millrace.scorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.ModelPublished;
import io.millrace.events.ModelSignature;
import io.millrace.modelling.ensemble.EnsembleArchive;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.ensemble.Finish;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** A model of boosted trees, trained here in a moment: who is of age 50 and above leaves, and so does who has the plan {@code trial}. */
final class TestModel {
    static final Instant PUBLISHED = Instant.parse("2026-11-28T12:00:00Z");
    private static final int ROWS = 200;
    private static final List<String> PLANS = List.of("gold", "trial");
    private static final DatasetProfile PROFILE = new DatasetProfile(
            "churn",
            ROWS,
            "leaves",
            Task.BINARY,
            List.of("no", "yes"),
            List.of(50L, 150L),
            List.of(column("age", ColumnKind.NUMERIC, List.of()), column("plan", ColumnKind.CATEGORICAL, PLANS)),
            List.of(),
            2,
            0,
            Optional.empty(),
            0,
            new SourceFormat("csv", ",", "UTF-8"),
            List.of());

    private TestModel() {}

    private static ColumnProfile column(String name, ColumnKind kind, List<String> levels) {
        return new ColumnProfile(name, kind, 0, 2, Optional.empty(), levels, Optional.empty(), Optional.empty());
    }

    /** Its archive; equal bytes each time. */
    static byte[] archive() throws IOException {
        double[] age = new double[ROWS];
        int[] plan = new int[ROWS];
        double[] leaves = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            age[row] = row % 100;
            plan[row] = row / 100;
            leaves[row] = age[row] >= 50 || plan[row] == 1 ? 1 : 0;
        }
        Table table = new Table(PROFILE, ROWS, List.of(age, plan), leaves, new int[ROWS]);
        TreesConfiguration trees =
                new TreesConfiguration(TreesConfiguration.BOOSTING, 30, 0.3, 3, 0, 1, 1, 1, 1, 0, 64, 30);
        TrainingJob job = new TrainingJob(
                table,
                IntStream.range(0, ROWS).filter(row -> row % 5 > 0).toArray(),
                IntStream.range(0, ROWS).filter(row -> row % 5 == 0).toArray(),
                trees,
                Optional.empty(),
                Metric.LOG_LOSS,
                7,
                Optional.empty(),
                Leg.WHOLE);
        Map<String, byte[]> parts = new HashMap<>();
        try (FittedModel model =
                Learners.standard().learner(trees).fit(job, () -> false).model()) {
            model.parts().forEach((name, content) -> parts.put("fold-0/" + name, content));
        }
        EnsembleManifest manifest = new EnsembleManifest(
                EnsembleManifest.FORMAT,
                PROFILE,
                Metric.LOG_LOSS,
                List.of(new EnsembleManifest.Member("t001", 1, List.of(0))),
                Finish.PLAIN,
                new TreeMap<>());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest, bytes)) {
            archive.add("t001", new SeekableInMemoryByteChannel(PartsArchive.pack(parts)));
        }
        return bytes.toByteArray();
    }

    /** What {@code millrace predict} would write for a file of rows. */
    static String predicted(byte[] archive, String rows, Path folder) throws IOException {
        Path model = Files.write(folder.resolve("expected.zip"), archive);
        Path file = Files.writeString(folder.resolve("expected.csv"), rows);
        try (EnsembleModel ensemble = EnsembleModel.open(model, Learners.standard()::read)) {
            StringBuilder csv = new StringBuilder();
            PredictionCsv.write(
                    csv,
                    PROFILE,
                    ensemble.predict(NewRows.read(file, ensemble.manifest().profile())));
            return csv.toString();
        }
    }

    /** The event that publishes an archive: the schema's example, made to be about this one. */
    static Envelope<ModelPublished> published(
            String name, BlobRef archive, Optional<ModelSignature> signature, Instant at) {
        try (InputStream golden = Json.class.getResourceAsStream("/examples/model.published.v1.json")) {
            ObjectNode event = (ObjectNode) Json.mapper().readTree(golden);
            event.put("name", name).put("target", PROFILE.target()).put("publishedAt", at.toString());
            event.set("model", Json.tree(archive));
            event.remove("signature");
            signature.ifPresent(s -> event.set("signature", Json.tree(s)));
            return envelope(
                    "model-" + name + "-" + at.getEpochSecond(), "run-1", Json.read(event, ModelPublished.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <E extends Event> Envelope<E> envelope(String id, String key, E event) {
        return new Envelope<>(
                id,
                EventType.of(event).eventName(),
                key,
                Optional.empty(),
                Optional.empty(),
                "/millrace/test",
                Instant.now(),
                event);
    }
}
