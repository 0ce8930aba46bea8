package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code millrace} command as a user runs it: a process, files, an exit code. */
class CommandLineIT {
    private static final String MILLRACE = "io.millrace.allinone.Millrace";
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void aFileBecomesAModelThatPredictsNewRows() throws Exception {
        Path data = SampleData.binary(folder);
        JavaProcess run = millrace(
                "run",
                data.toString(),
                "--target",
                SampleData.binaryTarget(),
                "--trials",
                "4",
                "--seed",
                "3",
                "--out",
                "model");
        assertThat(run.exitCode(LONG)).as(run.output()).isZero();
        assertThat(run.output()).contains("profiled").contains("ensemble").contains("On the holdout, opened once");

        Path model = folder.resolve("model");
        JsonNode event = new ObjectMapper()
                .readTree(model.resolve("model.published.json").toFile());
        assertThat(event.get("task").asText()).isEqualTo("binary");
        assertThat(event.get("provenance").get("millrace.version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(event.get("holdoutScore").get("value").asDouble()).isBetween(0.05, 0.69);
        assertThat(Files.readAllLines(model.resolve("leaderboard.csv"))).hasSizeGreaterThanOrEqualTo(5);
        assertThat(Files.readAllLines(model.resolve("predictions.csv"))).hasSizeGreaterThan(50);

        JavaProcess explain = millrace("explain", "model");
        assertThat(explain.exitCode(LONG)).as(explain.output()).isZero();
        assertThat(explain.output())
                .contains("The data")
                .contains("The leading trials of 4")
                .contains("The ensemble")
                .contains("All 4 trials that were asked for have ended.");
        JavaProcess replay = millrace("replay", "model", "--search", "halving");
        assertThat(replay.exitCode(LONG)).as(replay.output()).isZero();
        assertThat(replay.output())
                .contains("is decided the same again")
                .contains("The other policy decides otherwise at 0 of");

        Path rows = withoutTarget(data);
        JavaProcess predict = millrace("predict", "model", rows.toString(), "--out", "scored.csv");
        assertThat(predict.exitCode(LONG)).as(predict.output()).isZero();
        List<String> scored = Files.readAllLines(folder.resolve("scored.csv"));
        assertThat(scored).hasSameSizeAs(Files.readAllLines(rows));
        assertThat(scored.get(0)).isEqualTo("prediction,bad,good");
        for (String line : scored.subList(1, scored.size())) {
            String[] cells = line.split(",");
            double bad = Double.parseDouble(cells[1]);
            double good = Double.parseDouble(cells[2]);
            assertThat(bad + good).isBetween(0.999, 1.001);
            assertThat(cells[0]).isEqualTo(bad > good ? "bad" : "good");
        }
        theModelIsVerifiedAndAnAlteredOneRefused(model.resolve("model.zip"), rows);
    }

    private void theModelIsVerifiedAndAnAlteredOneRefused(Path archive, Path rows) throws Exception {
        JavaProcess verify = millrace("verify", "model");
        assertThat(verify.exitCode(LONG)).as(verify.output()).isZero();
        assertThat(verify.output()).contains("signed by the trusted key");

        byte[] altered = Files.readAllBytes(archive);
        altered[altered.length / 2] ^= 1;
        Files.write(archive, altered);
        JavaProcess predict = millrace("predict", "model", rows.toString(), "--out", "refused.csv", "--any-signer");
        assertThat(predict.exitCode(LONG)).isEqualTo(2);
        assertThat(predict.output()).contains("was altered").doesNotContain("\tat ");
        assertThat(folder.resolve("refused.csv")).doesNotExist();
    }

    @Test
    void aRangeTestAloneDrawsItsCurve() throws Exception {
        Path data = SampleData.binary(folder);
        JavaProcess find = millrace(
                "lr-find",
                data.toString(),
                "--target",
                SampleData.binaryTarget(),
                "--hidden",
                "16",
                "--svg",
                "curve.svg");
        assertThat(find.exitCode(LONG)).as(find.output()).isZero();
        assertThat(find.output())
                .contains("minimum")
                .contains("A run would train from")
                .contains("confidence");
        assertThat(Files.readString(folder.resolve("curve.svg")))
                .startsWith("<svg")
                .contains("<polyline");

        JavaProcess unknown = millrace("lr-find", data.toString(), "--optimizer", "magic");
        assertThat(unknown.exitCode(LONG)).isEqualTo(2);
        assertThat(unknown.output())
                .contains("--optimizer is 'magic', expected one of")
                .doesNotContain("\tat ");
    }

    @Test
    void aMissingFeatureColumnIsAClearError() throws Exception {
        Path data = SampleData.multiclass(folder);
        JavaProcess run = millrace(
                "run", data.toString(), "--target", SampleData.multiclassTarget(), "--trials", "2", "--out", "model");
        assertThat(run.exitCode(LONG)).as(run.output()).isZero();

        String first = Files.readAllLines(data).get(0).split(",")[0];
        Path narrow = withoutColumn(data, 0);
        JavaProcess predict = millrace("predict", "model", narrow.toString(), "--out", "scored.csv");
        assertThat(predict.exitCode(LONG)).isEqualTo(2);
        assertThat(predict.output()).contains("lacks the column " + first).doesNotContain("\tat ");
        assertThat(folder.resolve("scored.csv")).doesNotExist();
    }

    @Test
    void theSameSeedAndNumberOfTrialsGiveTheSameLeaderboard() throws Exception {
        Path data = SampleData.regression(folder);
        Map<String, JavaProcess> runs = new LinkedHashMap<>();
        for (String threads : List.of("1", "2")) {
            runs.put(
                    "model" + threads,
                    millrace(
                            "run",
                            data.toString(),
                            "--target",
                            SampleData.regressionTarget(),
                            "--trials",
                            "8",
                            "--seed",
                            "11",
                            "--threads",
                            threads,
                            "--out",
                            "model" + threads));
        }
        List<String> leaderboards = new ArrayList<>();
        for (Map.Entry<String, JavaProcess> run : runs.entrySet()) {
            assertThat(run.getValue().exitCode(LONG))
                    .as(run.getValue().output())
                    .isZero();
            leaderboards.add(withoutTimes(folder.resolve(run.getKey()).resolve("leaderboard.csv")));
        }
        assertThat(leaderboards.get(1)).isEqualTo(leaderboards.get(0));
    }

    @Test
    void aWallClockBudgetIsKept() throws Exception {
        Path data = SampleData.multiclass(folder);
        JavaProcess run = millrace(
                "run", data.toString(), "--target", SampleData.multiclassTarget(), "--budget", "20s", "--out", "model");
        assertThat(run.exitCode(LONG)).as(run.output()).isZero();
        JsonNode event = new ObjectMapper()
                .readTree(folder.resolve("model/model.published.json").toFile());
        assertThat(Duration.between(
                        Instant.parse(event.get("submittedAt").asText()),
                        Instant.parse(event.get("publishedAt").asText())))
                .isLessThan(Duration.ofSeconds(22));
    }

    @Test
    void aRunLeavesNeitherATemporaryFolderNorAProcessBehind() throws Exception {
        Path data = SampleData.multiclass(folder);
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        JavaProcess run = JavaProcess.start(
                folder,
                MILLRACE,
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "run",
                data.toString(),
                "--target",
                SampleData.multiclassTarget(),
                "--trials",
                "2",
                "--out",
                "model");
        assertThat(run.exitCode(LONG)).as(run.output()).isZero();
        assertThat(temporary.toFile().list((parent, name) -> name.startsWith("millrace-")))
                .isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains(temporary.toString())))
                .isEmpty();
    }

    @Test
    void anUnusableFileIsRejectedWithAReasonAndARemedy() throws Exception {
        Path data =
                Files.writeString(folder.resolve("one-class.csv"), "a,label\n" + "1,yes\n2,yes\n3,yes\n".repeat(20));
        JavaProcess run = millrace("run", data.toString(), "--target", "label", "--trials", "2", "--out", "model");
        assertThat(run.exitCode(LONG)).isEqualTo(1);
        assertThat(run.output()).contains("rejected").contains("label").doesNotContain("\tat ");
        assertThat(folder.resolve("model/model.published.json")).doesNotExist();
    }

    @Test
    void wrongUseIsExplainedAndExitsWithTwo() throws Exception {
        JavaProcess run = millrace("run", "no-such.csv", "--target", "x");
        assertThat(run.exitCode(LONG)).isEqualTo(2);
        assertThat(run.output()).contains("no-such.csv");

        Path data = SampleData.multiclass(folder);
        JavaProcess wrong = millrace("run", data.toString(), "--metric", "speed", "--folds", "1");
        assertThat(wrong.exitCode(LONG)).isEqualTo(2);
        assertThat(wrong.output()).contains("metric").contains("folds");
    }

    private JavaProcess millrace(String... arguments) {
        return JavaProcess.start(folder, MILLRACE, Map.of(), arguments);
    }

    private Path withoutTarget(Path data) throws IOException {
        return withoutColumn(data, Files.readAllLines(data).get(0).split(",").length - 1);
    }

    private Path withoutColumn(Path data, int column) throws IOException {
        String narrow = Files.readAllLines(data).stream()
                .map(line -> {
                    List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
                    cells.remove(column);
                    return String.join(",", cells);
                })
                .collect(Collectors.joining("\n", "", "\n"));
        return Files.writeString(folder.resolve("narrow.csv"), narrow);
    }

    /** A leaderboard without the columns that clocks filled. */
    private static String withoutTimes(Path leaderboard) throws IOException {
        List<String> lines = Files.readAllLines(leaderboard);
        List<String> header = Arrays.asList(lines.get(0).split(","));
        assertThat(header).contains("train_seconds", "cpu_seconds");
        return lines.stream()
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    cells[header.indexOf("train_seconds")] = "";
                    cells[header.indexOf("cpu_seconds")] = "";
                    return String.join(",", cells);
                })
                .collect(Collectors.joining("\n"));
    }
}
