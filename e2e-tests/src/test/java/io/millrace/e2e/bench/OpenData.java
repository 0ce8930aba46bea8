package io.millrace.e2e.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The open data sets in {@code ../shared} beside the checkout, and the checkout's launcher. */
final class OpenData {
    private static final String TABULAR =
            "iris,wine,breast_cancer,diabetes,digits,adult,credit_g,titanic,california_housing,"
                    + "bank_marketing,abalone,diamonds,kddcup99_10pct,hflights,sms_spam,bike_sharing_hour,students_dropout,"
                    + "hhs_breaches,nyc_squirrels";

    private OpenData() {}

    /** Names of the sets to measure: those of {@code -Dbench.sets}, or all that are tables. */
    static List<String> sets() {
        return List.of(System.getProperty("bench.sets", TABULAR).split(","));
    }

    /** Skips the test, and says why, where the data sets do not lie beside the checkout. */
    static void assumeThere() {
        assumeTrue(
                Files.isRegularFile(folder().resolve("MANIFEST.csv")),
                "skipped: the open data sets are not in " + folder());
    }

    /** Folder with the data sets, {@code MANIFEST.csv} and {@code baselines.csv}. */
    static Path folder() {
        return shared().resolve("data");
    }

    /** A script of {@code ../shared/bench}. */
    static String script(String name) {
        return shared().resolve("bench").resolve(name).toString();
    }

    private static Path shared() {
        return Path.of(System.getProperty("bench.shared", "../../shared"))
                .toAbsolutePath()
                .normalize();
    }

    /** The launcher, {@code ./millrace} of this checkout. */
    static String launcher() {
        return Path.of(System.getProperty("bench.root", ".."))
                .resolve("millrace")
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    /**
     * One of the files as it is.
     *
     * @param target column to predict
     * @param task as the manifest has it
     * @param rows without the header
     */
    record Source(Path file, String target, String task, int rows) {}

    static Source source(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve("MANIFEST.csv"));
        List<String> header = Arrays.asList(lines.get(0).split(","));
        String[] cells = lines.stream()
                .map(line -> line.split(",", header.size()))
                .filter(row -> row[header.indexOf("name")].equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no data set is named " + name));
        return new Source(
                folder().resolve(cells[header.indexOf("file")]),
                cells[header.indexOf("target")],
                cells[header.indexOf("task")],
                Integer.parseInt(cells[header.indexOf("rows")]));
    }

    /** Has the launcher build what it runs, so that no measured run is held up by it. */
    static void build() throws IOException, InterruptedException {
        lastLine(List.of(launcher(), "--version"));
    }

    /** Runs a command; returns the last line that it prints, or throws an AssertionError with all that it printed. */
    static String lastLine(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        process.inputReader().lines().forEach(lines::add);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue() + ":\n"
                    + String.join("\n", lines));
        }
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
