package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.modelling.ensemble.EnsembleManifest.Member;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleModelTest {
    private static final Map<String, byte[]> TRIAL_1 = Map.of("fold-0/factor", text("1"), "fold-2/factor", text("3"));
    private static final Map<String, byte[]> TRIAL_2 = Map.of("fold-0/factor", text("10"), "fold-1/factor", text("99"));

    @TempDir
    Path folder;

    @Test
    void theEnsembleIsTheWeightedMeanOfTheMeansOfTheFolds() throws IOException {
        Multiplier.MOST_OPEN.set(0);
        Path file = write(archive(manifest(EnsembleManifest.FORMAT)));
        Table table = numbers(40_000);
        try (EnsembleModel model = EnsembleModel.open(file, Multiplier::read)) {
            Matrix predictions = model.predict(table);
            assertThat(predictions.rows()).isEqualTo(40_000);
            // 0.75 * mean(1, 3) + 0.25 * 10 = 4, whatever fold 1 of the second trial says: it is not in the manifest
            for (int r : new int[] {0, 1, 16_383, 16_384, 39_999}) {
                assertThat(predictions.get(r, 0)).isEqualTo(4f * r);
            }
            assertThat(model.predict(table, new int[] {7, 3}).values()).containsExactly(28, 12);
            assertThat(Multiplier.OPEN).hasValue(0);
            assertThat(Multiplier.MOST_OPEN).hasValue(1);
        }
    }

    @Test
    void foldModelsThatAreKeptAreReadOnceAndClosedWithTheEnsemble() throws IOException {
        Path file = write(archive(manifest(EnsembleManifest.FORMAT)));
        List<FittedModel> read = new ArrayList<>();
        BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader = (parts, profile) -> {
            FittedModel model = Multiplier.read(parts, profile);
            read.add(model);
            return model;
        };
        long needed;
        try (EnsembleModel model = EnsembleModel.open(file, reader, Long.MAX_VALUE)) {
            needed = model.memory();
            for (int request = 0; request < 3; request++) {
                assertThat(model.predict(numbers(10)).get(9, 0)).isEqualTo(36);
            }
            assertThat(read).as("those of the manifest").hasSize(3);
            assertThat(Multiplier.OPEN).hasValue(3);
        }
        assertThat(Multiplier.OPEN).hasValue(0);

        read.clear();
        try (EnsembleModel model = EnsembleModel.open(file, reader, needed - 1)) {
            assertThat(model.memory()).isZero();
            model.predict(numbers(10));
            model.predict(numbers(10));
            assertThat(read).hasSize(6);
            assertThat(Multiplier.OPEN).as("where they do not fit none is kept").hasValue(0);
        }
    }

    /** Who has many rows gives way after each chunk of them: the other's are not behind all of those. */
    @Test
    void aModelThatIsKeptIsUsedByOneAtATimeAndByAllInTheirTurn() throws Exception {
        Path file = write(archive(manifest(EnsembleManifest.FORMAT)));
        AtomicReference<EnsembleModel> opened = new AtomicReference<>();
        AtomicInteger mostInside = new AtomicInteger();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Thread other = new Thread(() -> opened.get().predict(numbers(1)));
        BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader = (parts, profile) -> {
            AtomicInteger inside = new AtomicInteger();
            return new Watched(Multiplier.read(parts, profile), rows -> {
                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                order.add(rows);
                if (order.size() == 1) {
                    // The first chunk takes until the other waits for its turn.
                    other.start();
                    while (other.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                }
                inside.decrementAndGet();
            });
        };
        try (EnsembleModel model = EnsembleModel.open(file, reader, Long.MAX_VALUE)) {
            opened.set(model);
            model.predict(numbers(40_000));
            other.join();
        }
        assertThat(mostInside).hasValue(1);
        assertThat(order.subList(0, 2)).containsExactly(16_384, 1);
    }

    @Test
    void whereThereIsACalibrationFoldsAreAveragedAsLogarithms() throws IOException {
        Finish calibrated = new Finish(Optional.empty(), 1, Optional.empty(), 0, true);
        // the chance of the first class is .1 by one fold model and .9 by the others
        assertThat(chance(calibrated, ".1", ".9", ".9")).isCloseTo(0.675f, within(1e-3f));
        assertThat(chance(Finish.PLAIN, ".1", ".9", ".9")).isCloseTo(0.633f, within(1e-3f));
        assertThat(chance(calibrated, ".98", ".98", ".98")).isCloseTo(0.98f, within(1e-5f));
    }

    @Test
    void anArchiveThatTellsNoMeanOfFoldsHasTheArithmeticOne() throws IOException {
        String json = new String(manifest(EnsembleManifest.FORMAT).toJson(), StandardCharsets.UTF_8);
        assertThat(json).contains("\"geometric\"");
        assertThat(EnsembleManifest.fromJson(text(json.replaceAll(",\\s*\"geometric\" : false", ""))))
                .isEqualTo(manifest(EnsembleManifest.FORMAT));
    }

    /** The chance of the first class that a model of one member says whose fold models say so. */
    private float chance(Finish finish, String... folds) throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        for (int fold = 0; fold < folds.length; fold++) {
            parts.put("fold-" + fold + "/factor", text(folds[fold]));
        }
        EnsembleManifest manifest = new EnsembleManifest(
                EnsembleManifest.FORMAT,
                Profiles.classes("no", "yes"),
                Metric.LOG_LOSS,
                List.of(new Member("t001", 1, List.of(0, 1, 2))),
                finish,
                new TreeMap<>());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest, out)) {
            archive.add("t001", new SeekableInMemoryByteChannel(PartsArchive.pack(parts)));
        }
        Table table = new Table(Profiles.classes("no", "yes"), 1, List.of(new double[1]), new double[1], new int[1]);
        try (EnsembleModel model = EnsembleModel.open(write(out.toByteArray()), Constant::read)) {
            return model.predict(table).get(0, 0);
        }
    }

    /** Tells of how many rows it is about to predict. */
    private record Watched(FittedModel model, IntConsumer watch) implements FittedModel {
        @Override
        public Matrix predict(Table table, int[] rows) {
            watch.accept(rows.length);
            return model.predict(table, rows);
        }

        @Override
        public Map<String, byte[]> parts() {
            return model.parts();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** Says the same of every row. */
    private record Constant(float chance) implements FittedModel {
        static FittedModel read(Map<String, byte[]> parts, DatasetProfile profile) {
            return new Constant(Float.parseFloat(new String(parts.get("factor"), StandardCharsets.UTF_8)));
        }

        @Override
        public Matrix predict(Table table, int[] rows) {
            Matrix chances = Matrix.filled(rows.length, 2, chance);
            for (int r = 0; r < rows.length; r++) {
                chances.set(r, 1, 1 - chance);
            }
            return chances;
        }

        @Override
        public Map<String, byte[]> parts() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void theManifestComesBackAsItWas() throws IOException {
        try (EnsembleModel model =
                EnsembleModel.open(write(archive(manifest(EnsembleManifest.FORMAT))), Multiplier::read)) {
            assertThat(model.manifest()).isEqualTo(manifest(EnsembleManifest.FORMAT));
        }
    }

    @Test
    void equalModelsAreEqualBytes() throws IOException {
        assertThat(archive(manifest(EnsembleManifest.FORMAT))).isEqualTo(archive(manifest(EnsembleManifest.FORMAT)));
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Path file = write(text("x,y\n1,2\n"));
        assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no Millrace model");
    }

    @Test
    void aZipWithoutAManifestIsRefused() throws IOException {
        Path file = write(PartsArchive.pack(TRIAL_1));
        assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no manifest.json");
    }

    @Test
    void aManifestThatIsNoneIsRefused() throws IOException {
        for (String json : List.of("[]", "{", "{\"format\":2}", "{\"format\":2,\"members\":null}")) {
            Path file = write(PartsArchive.pack(Map.of("manifest.json", text(json))));
            assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a Millrace model");
        }
    }

    @Test
    void aTrialWhoseNameIsAPathIsRefused() throws IOException {
        String json = new String(manifest(EnsembleManifest.FORMAT).toJson(), StandardCharsets.UTF_8)
                .replace("t001", "../../t001");
        Path file = write(PartsArchive.pack(Map.of("manifest.json", text(json))));

        assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a Millrace model");
    }

    @Test
    void anotherFormatIsRefusedByName() throws IOException {
        Path file = write(archive(manifest(1)));
        assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format 1");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] whole = archive(manifest(EnsembleManifest.FORMAT));
        Path file = write(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> EnsembleModel.open(file, Multiplier::read))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFoldModelThatWouldTakeTooMuchMemoryIsRefusedBeforeItIsUnpacked() throws IOException {
        EnsembleManifest manifest = new EnsembleManifest(
                EnsembleManifest.FORMAT,
                Profiles.regression(),
                Metric.RMSE,
                List.of(new Member("t001", 1, List.of(0))),
                Finish.PLAIN,
                new TreeMap<>());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest, out)) {
            archive.add(
                    "t001",
                    new SeekableInMemoryByteChannel(
                            PartsArchive.pack(Map.of("fold-0/factor", text("1"), "fold-0/more", text("2")))));
        }
        byte[] crafted = out.toByteArray();
        claimSize(crafted, "fold-0/factor", 600 << 20);
        assertPredictingRefuses(crafted, "has not the size");
        claimSize(crafted, "fold-0/more", 600 << 20);
        assertPredictingRefuses(crafted, "too large");
    }

    private void assertPredictingRefuses(byte[] archive, String reason) throws IOException {
        try (EnsembleModel model = EnsembleModel.open(write(archive), Multiplier::read)) {
            assertThatThrownBy(() -> model.predict(numbers(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("corrupt")
                    .hasMessageContaining(reason);
        }
    }

    /** Has the directory of a zip say that a part unpacks to so many bytes. */
    private static void claimSize(byte[] zip, String part, int bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int entry = 0;
        while (buffer.getInt(entry) != 0x02014b50
                || !new String(zip, entry + 46, buffer.getShort(entry + 28), StandardCharsets.UTF_8).endsWith(part)) {
            entry++;
        }
        buffer.putInt(entry + 24, bytes);
    }

    @Test
    void aMemberWithoutAFoldOfTheManifestCannotBePacked() throws IOException {
        try (EnsembleArchive archive =
                new EnsembleArchive(manifest(EnsembleManifest.FORMAT), new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> archive.add("t001", new SeekableInMemoryByteChannel(PartsArchive.pack(TRIAL_2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lack folds [2]");
        }
    }

    @Test
    void whatIsNoArchiveCannotBePacked() throws IOException {
        try (EnsembleArchive archive =
                new EnsembleArchive(manifest(EnsembleManifest.FORMAT), new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> archive.add("t001", new SeekableInMemoryByteChannel(text("rubbish"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the models of t001 are no archive");
        }
    }

    @Test
    void partsAreCopiedAsTheTrainerPackedThem() throws IOException {
        byte[] part = text("1".repeat(1_000));
        ByteArrayOutputStream trial = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(trial)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry("fold-0/factor"));
            zip.write(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest(EnsembleManifest.FORMAT), out)) {
            archive.add("t002", new SeekableInMemoryByteChannel(trial.toByteArray()));
        }
        try (ZipFile packed = new ZipFile(write(out.toByteArray()).toFile())) {
            ZipEntry copied = packed.getEntry("members/t002/fold-0/factor");
            assertThat(copied.getCompressedSize()).isGreaterThan(part.length);
            assertThat(packed.getInputStream(copied).readAllBytes()).isEqualTo(part);
        }
    }

    private static EnsembleManifest manifest(int format) {
        return new EnsembleManifest(
                format,
                Profiles.regression(),
                Metric.RMSE,
                List.of(new Member("t001", 0.75, List.of(0, 2)), new Member("t002", 0.25, List.of(0))),
                Finish.PLAIN,
                new TreeMap<>(Map.of("seed", "1", "java.version", "17")));
    }

    private static byte[] archive(EnsembleManifest manifest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EnsembleArchive archive = new EnsembleArchive(manifest, out)) {
            archive.add("t001", new SeekableInMemoryByteChannel(PartsArchive.pack(TRIAL_1)));
            archive.add("t002", new SeekableInMemoryByteChannel(PartsArchive.pack(TRIAL_2)));
        }
        return out.toByteArray();
    }

    private static Table numbers(int rows) {
        double[] x = DoubleStream.iterate(0, i -> i + 1).limit(rows).toArray();
        return new Table(Profiles.regression(), rows, List.of(x), new double[0], new int[0]);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.zip"), bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Multiplies the feature by a factor; counts how many are open. */
    private record Multiplier(float factor) implements FittedModel {
        static final AtomicInteger OPEN = new AtomicInteger();
        static final AtomicInteger MOST_OPEN = new AtomicInteger();

        static FittedModel read(Map<String, byte[]> parts, DatasetProfile profile) {
            int open = OPEN.incrementAndGet();
            MOST_OPEN.accumulateAndGet(open, Math::max);
            return new Multiplier(Float.parseFloat(new String(parts.get("factor"), StandardCharsets.UTF_8)));
        }

        @Override
        public Matrix predict(Table table, int[] rows) {
            Matrix values = Matrix.filled(rows.length, 1, 0);
            for (int i = 0; i < rows.length; i++) {
                values.set(i, 0, (float) (factor * table.numbers(0)[rows[i]]));
            }
            return values;
        }

        @Override
        public Map<String, byte[]> parts() {
            return Map.of("factor", text(Float.toString(factor)));
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }
}
