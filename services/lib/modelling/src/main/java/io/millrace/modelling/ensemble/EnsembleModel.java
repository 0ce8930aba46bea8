package io.millrace.modelling.ensemble;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A published model, read from its archive. Its prediction is made of its members', a member's is the mean of its fold
 * models' (both as {@link Finish} says). Fold models are loaded one after the other, so memory is bounded by the largest of them,
 * unless it was opened to keep them.
 */
public final class EnsembleModel implements AutoCloseable {
    private static final int CHUNK_ROWS = 16_384;

    private final EnsembleManifest manifest;
    private final FoldModels models;

    private EnsembleModel(EnsembleManifest manifest, FoldModels models) {
        this.manifest = manifest;
        this.models = models;
    }

    /**
     * Opens an archive, for one thread.
     *
     * @param reader makes a model of its parts; models themselves say in part {@code kind} which family reads them
     * @throws IllegalArgumentException when the file is no model archive or one of another format
     */
    public static EnsembleModel open(Path file, BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader) {
        return open(file, reader, 0);
    }

    /**
     * Opens an archive to predict with it again and again, by several threads at once.
     *
     * @param memory most bytes for which its fold models are kept once they are read; where all of them need more they are read
     *     one after the other in every prediction
     */
    public static EnsembleModel open(
            Path file, BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader, long memory) {
        ZipFile archive;
        try {
            archive = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IllegalArgumentException(file.getFileName() + " is no Millrace model: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName(), e);
        }
        try {
            EnsembleManifest manifest = manifest(archive, file);
            return new EnsembleModel(manifest, new FoldModels(archive, manifest.profile(), reader, memory));
        } catch (RuntimeException e) {
            closeQuietly(archive, e);
            throw e;
        }
    }

    private static EnsembleManifest manifest(ZipFile archive, Path file) {
        ZipEntry part = archive.getEntry(EnsembleManifest.PART);
        if (part == null) {
            throw new IllegalArgumentException(
                    file.getFileName() + " is no Millrace model: it has no " + EnsembleManifest.PART);
        }
        return EnsembleManifest.fromJson(FoldModels.content(archive, part));
    }

    /** What is in the archive. */
    public EnsembleManifest manifest() {
        return manifest;
    }

    /** Bytes of memory that its fold models take once all of them are read and kept, as estimated; 0 where they are not kept. */
    public long memory() {
        return models.memory();
    }

    /** Predicts every row of a table, in order: one probability per class, or the value. */
    public Matrix predict(Table table) {
        return predict(table, IntStream.range(0, table.rows()).toArray());
    }

    /** Predicts some rows of a table: one row per row asked for. */
    public Matrix predict(Table table, int[] rows) {
        Finish finish = manifest.finish();
        return finish.ended(
                finish.stack().map(stack -> stacked(stack, table, rows)).orElseGet(() -> mean(table, rows)));
    }

    private Matrix stacked(Stack stack, Table table, int[] rows) {
        Stack.Sum sum = stack.new Sum(rows.length);
        manifest.members().forEach(member -> sum.add(foldMean(member, table, rows)));
        return sum.result();
    }

    private Matrix mean(Table table, int[] rows) {
        WeightedMean mean = new WeightedMean(rows.length, manifest.profile().outputs());
        manifest.members().forEach(member -> mean.add(foldMean(member, table, rows), member.weight()));
        return mean.result();
    }

    /** What a member predicts: the mean of its fold models. */
    private Matrix foldMean(EnsembleManifest.Member member, Table table, int[] rows) {
        int folds = member.folds().size();
        int outputs = manifest.profile().outputs();
        if (manifest.finish().geometric()) {
            Stack.Sum sum = Stack.mean(folds, outputs).new Sum(rows.length);
            forEachModel(List.of(member), (m, fold, model) -> sum.add(predict(model, table, rows)));
            return sum.result();
        }
        WeightedMean mean = new WeightedMean(rows.length, outputs);
        forEachModel(List.of(member), (m, fold, model) -> mean.add(predict(model, table, rows), 1.0 / folds));
        return mean.result();
    }

    /** Visits the fold models of all members, one after the other; where they are not kept each is closed before the next is read. */
    public void forEachModel(ModelVisitor visitor) {
        forEachModel(manifest.members(), visitor);
    }

    private void forEachModel(List<EnsembleManifest.Member> members, ModelVisitor visitor) {
        for (EnsembleManifest.Member member : members) {
            for (int fold : member.folds()) {
                models.use(member.prefix(fold), model -> visitor.visit(member, fold, model));
            }
        }
    }

    /** Told every fold model. */
    @FunctionalInterface
    public interface ModelVisitor {
        /** Uses a model, which is the visitor's no longer when this returns. */
        void visit(EnsembleManifest.Member member, int fold, FittedModel model);
    }

    /** A fold model's prediction, made of chunks because a model's features take many times its room. */
    private Matrix predict(FittedModel model, Table table, int[] rows) {
        int outputs = manifest.profile().outputs();
        float[] values = new float[Math.multiplyExact(rows.length, outputs)];
        for (int from = 0; from < rows.length; from += CHUNK_ROWS) {
            int to = Math.min(from + CHUNK_ROWS, rows.length);
            float[] chunk =
                    model.predict(table, Arrays.copyOfRange(rows, from, to)).values();
            System.arraycopy(chunk, 0, values, from * outputs, chunk.length);
        }
        return new Matrix(rows.length, outputs, values);
    }

    private static void closeQuietly(ZipFile archive, RuntimeException reason) {
        try {
            archive.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        models.close();
    }
}
