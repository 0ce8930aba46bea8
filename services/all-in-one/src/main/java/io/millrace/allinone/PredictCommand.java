package io.millrace.allinone;

import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.modelling.source.MissingColumnsException;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.source.UnreadableSourceException;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.Learners;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores new rows with a model that {@code millrace run} wrote. Needs neither broker nor database. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Scores new rows: one output row per input row, in order.",
            "The output has a column 'prediction' and, for classes, one probability column per class. Unknown"
                    + " categories, missing cells and a missing target column are fine."
        })
final class PredictCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder that 'millrace run --out' wrote.")
    Path folder;

    @Parameters(index = "1", paramLabel = "FILE", description = "New rows: CSV, Parquet or JSON lines.")
    Path file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the predictions go, as CSV; '-' for standard output.")
    String out;

    @Mixin
    TrustOption trust;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        Path archive = trust.check(new ResultFolder(folder)).archive();
        try (EnsembleModel model = EnsembleModel.open(archive, Learners.standard()::read)) {
            Table rows = NewRows.read(file, model.manifest().profile());
            write(model, rows);
            return 0;
        } catch (MissingColumnsException | UnreadableSourceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private void write(EnsembleModel model, Table rows) throws IOException {
        if (out.equals("-")) {
            PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            PredictionCsv.write(console, model.manifest().profile(), model.predict(rows));
            requireWritten(console);
            return;
        }
        Path target = Path.of(out).toAbsolutePath();
        if (!Files.isDirectory(target.getParent())) {
            throw new IllegalArgumentException("there is no folder " + target.getParent());
        }
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(target + " is a folder; name a file");
        }
        Matrix predictions = model.predict(rows);
        try {
            replace(
                    target,
                    writer -> PredictionCsv.write(writer, model.manifest().profile(), predictions));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    /** What a file is to hold. */
    interface Content {
        /** Writes all of it. */
        void writeTo(Appendable out) throws IOException;
    }

    /** Writes a file, which is there whole or not at all. A link goes on to lead to it, and a device or a pipe is no file to be replaced. */
    static void replace(Path target, Content content) throws IOException {
        boolean there = Files.exists(target);
        if (there && !Files.isRegularFile(target)) {
            write(target, content);
            return;
        }
        Path file = there ? target.toRealPath() : target;
        // A file of its own for each process, with the rights that any new file has.
        Path partial = file.resolveSibling(
                file.getFileName() + "-" + ProcessHandle.current().pid() + ".part");
        try {
            write(partial, content);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            content.writeTo(writer);
        }
    }

    /** A print stream keeps to itself what it could not write, such as the rows for a reader that has gone or a disk that is full. */
    static void requireWritten(PrintStream console) {
        if (console.checkError()) {
            throw new IllegalStateException("cannot write all predictions to standard output");
        }
    }
}
