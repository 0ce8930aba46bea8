package io.millrace.allinone;

import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.modelling.source.MissingColumnsException;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.source.UnreadableSourceException;
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
        // A file of its own for each process, with the rights that any new file has.
        Path partial = target.resolveSibling(
                target.getFileName() + "-" + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(partial)) {
                PredictionCsv.write(writer, model.manifest().profile(), model.predict(rows));
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** A print stream keeps to itself what it could not write, such as the rows for a reader that has gone or a disk that is full. */
    static void requireWritten(PrintStream console) {
        if (console.checkError()) {
            throw new IllegalStateException("cannot write all predictions to standard output");
        }
    }
}
