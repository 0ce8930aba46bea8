package io.millrace.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.RunSettings;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileDatasetTest {
    @TempDir
    Path scratch;

    private Profiled profiler;

    @BeforeEach
    void start() {
        profiler = new Profiled(scratch);
    }

    private static String csv(String header, int rows, IntFunction<String> row) {
        return IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private DatasetProfile kinds(String header, IntFunction<String> row) throws IOException {
        return profiler.profile(profiler.profiled(csv(header, 200, row), Profiled.target("y")));
    }

    @Test
    void aTypedTableAProfileAndTheirCountsComeOut() throws IOException {
        String text = csv(
                "age;job;y",
                100,
                i -> (20 + i % 50) + ",5;" + (i % 7 == 0 ? "?" : i % 2 == 0 ? "clerk" : "cook") + ";"
                        + (i % 4 == 0 ? "yes" : i == 1 ? "" : "no"));
        DatasetProfiled event = profiler.profiled(text, Profiled.DEFAULTS);
        DatasetProfile profile = profiler.profile(event);
        Table table = profiler.table(event);

        assertThat(event.task()).isEqualTo(Task.BINARY);
        assertThat(event.metric()).isEqualTo(Metric.LOG_LOSS);
        assertThat(event.trainingRows() + event.holdoutRows()).isEqualTo(99);
        assertThat(event.numericFeatures()).isEqualTo(1);
        assertThat(event.categoricalFeatures()).isEqualTo(1);
        assertThat(event.table().uri()).startsWith("blob:runs/run-1/table-").endsWith(".parquet");
        assertThat(profile.classes()).containsExactly("no", "yes");
        assertThat(profile.classCounts()).containsExactly(74L, 25L);
        assertThat(profile.missingMarkers()).containsExactly("?");
        assertThat(profile.warnings()).anyMatch(w -> w.startsWith("1 of 100 rows"));
        assertThat(table.rows()).isEqualTo(99);
        assertThat(table.numbers(0)[1]).isEqualTo(22.5);
        assertThat(table.codes(1)[0]).isEqualTo(Table.MISSING);
        assertThat(Arrays.stream(table.folds()).distinct().sorted().toArray())
                .containsExactly(-1, 0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** "good"/"poor", "place", "to", "stay" and their pairs: what stands in one row alone is no term. */
    @Test
    void theTermsOfTextsAreCountedAsNetworksSeeThem() throws IOException {
        IntFunction<String> remark =
                i -> (i % 2 == 0 ? "good" : "poor") + " place to stay" + (i == 7 ? " sometimes" : "");
        String text = csv("remark,y", 300, i -> remark.apply(i) + " r" + i + " n" + (i * 7919) + "," + i % 2);
        DatasetProfiled event = profiler.profiled(text, Profiled.target("y"));
        assertThat(event.textFeatures()).isEqualTo(1);
        assertThat(event.textTerms()).contains(9);
    }

    @Test
    void theSameFileAndSeedGiveTheSameTable() throws IOException {
        String text = csv("a,y", 300, i -> i * 7 % 50 + "," + i % 2);

        assertThat(profiler.profiled(text, Profiled.target("y")))
                .isEqualTo(profiler.profiled(text, Profiled.target("y")));
    }

    @Test
    void numbersAreRecognisedHoweverTheyAreWritten() throws IOException {
        DatasetProfile profile = kinds(
                "plain,grouped,percent,money,odd,y",
                i -> i / 4.0 + ",\"" + (1 + i) + ",234.5\"," + i + "%,$" + (i + 100) + ".50,"
                        + (i == 3 ? "none" : "" + i * 3 % 11) + "," + (i % 2));

        assertThat(profile.columns().subList(0, 5)).allMatch(c -> c.kind() == ColumnKind.NUMERIC);
        assertThat(Profiled.column(profile, "grouped")
                        .statistics()
                        .orElseThrow()
                        .minimum())
                .isEqualTo(1234.5);
        assertThat(Profiled.column(profile, "money").statistics().orElseThrow().maximum())
                .isEqualTo(299.5);
        assertThat(Profiled.column(profile, "odd").missing()).isEqualTo(1);
    }

    @Test
    void wordsOfDigitsAndUnderscoresAreNoNumbers() throws IOException {
        DatasetProfile profile = kinds("seat,y", i -> (1 + i % 3) + "_" + (i % 4) + "," + (i % 2) + "_1");

        assertThat(Profiled.column(profile, "seat").kind()).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(Profiled.column(profile, "seat").levels()).hasSize(12);
        assertThat(profile.classes()).containsExactly("0_1", "1_1");
    }

    @Test
    void datesAreRecognisedAsTextAndAsIntegersWhereTheNameSaysSo() throws IOException {
        DatasetProfile profile = kinds(
                "iso,german,american,Date,amount,stamp,y",
                i -> "2020-01-" + two(1 + i % 28) + "," + two(1 + i % 28) + ".02.2021," + two(1 + i % 12) + "/"
                        + two(1 + i % 28) + "/2019,10" + two(1 + i % 28) + "2018,10" + two(1 + i % 28)
                        + "2018,2020-01-01T10:" + two(i % 60) + ":00Z," + i % 2);

        assertThat(profile.columns())
                .extracting(c -> c.kind() + " " + c.format().orElse(""))
                .containsExactly(
                        "DATETIME %Y-%m-%d",
                        "DATETIME %d.%m.%Y",
                        "DATETIME %m/%d/%Y",
                        "DATETIME %m%d%Y",
                        "NUMERIC ",
                        "DATETIME %Y-%m-%dT%H:%M:%SZ");
        assertThat(Profiled.column(profile, "iso").statistics().orElseThrow().minimum())
                .isEqualTo(1577836800);
    }

    @Test
    void aYearOfTwoDigitsIsOneOfOurTimes() throws IOException {
        DatasetProfile profile = kinds(
                "american,german,named,log,y",
                i -> two(1 + i % 12) + "/" + two(1 + i % 28) + "/" + (i % 2 == 0 ? "99" : "20") + "," + two(1 + i % 28)
                        + ".02.21," + two(1 + i % 28) + "-Mar-98," + (1 + i % 12) + "/" + two(13 + i % 15)
                        + "/20 14:" + two(i % 60) + "," + i % 2);

        assertThat(profile.columns())
                .extracting(c -> c.kind() + " " + c.format().orElse(""))
                .containsExactly(
                        "DATETIME %m/%d/%y", "DATETIME %d.%m.%y", "DATETIME %d-%b-%y", "DATETIME %m/%d/%y %H:%M");
        assertThat(Profiled.column(profile, "american")
                        .statistics()
                        .orElseThrow()
                        .minimum())
                .isEqualTo(915148800); // 1999-01-01
    }

    @Test
    void timesAreReadToTheNanosecondAndWithTheirOffset() throws IOException {
        DatasetProfile profile = kinds(
                "python,parquet,java,y",
                i -> "2026-01-01T00:" + two(i % 60) + ":00.12" + i + "+02:00,2026-01-01 00:" + two(i % 60) + ":00." + i
                        + "+00,2026-01-01T00:" + two(i % 60) + ":00.123456" + (100 + i) + "Z," + i % 2);

        assertThat(profile.columns()).extracting(c -> c.kind()).containsOnly(ColumnKind.DATETIME);
        assertThat(Profiled.column(profile, "python").statistics().orElseThrow().minimum())
                .isBetween((double) Instant.parse("2025-12-31T22:00:00Z").getEpochSecond(), (double)
                        Instant.parse("2025-12-31T22:00:01Z").getEpochSecond());
    }

    @Test
    void wordsAreBooleansCategoriesIdentifiersOrTexts() throws IOException {
        DatasetProfile profile = kinds(
                "flag,level,code,remark,rownames,where,flat,none,y",
                i -> (i % 3 == 0 ? "TRUE" : "FALSE") + "," + (i % 5 == 0 ? "unknown" : "L" + i % 5) + ",A" + i * 37
                        + ",some words about " + i + "," + (i + 1) + ",POINT (" + i + " 2),x,," + i % 2);

        assertThat(profile.columns())
                .extracting(c -> c.kind())
                .containsExactly(
                        ColumnKind.BOOLEAN,
                        ColumnKind.CATEGORICAL,
                        ColumnKind.IDENTIFIER,
                        ColumnKind.TEXT,
                        ColumnKind.IDENTIFIER,
                        ColumnKind.IDENTIFIER,
                        ColumnKind.CONSTANT,
                        ColumnKind.CONSTANT);
        assertThat(Profiled.column(profile, "flag").format()).contains("FALSE/TRUE");
        assertThat(Profiled.column(profile, "level").levels()).contains("unknown");
    }

    @Test
    void copiesAreDroppedAndLeaksAreNamed() throws IOException {
        DatasetProfile profile =
                kinds("a,b,leak,y", i -> i % 17 + "," + i % 17 + "," + (i % 3 + "x") + "," + "pqr".charAt(i % 3));

        assertThat(Profiled.column(profile, "b").kind()).isEqualTo(ColumnKind.CONSTANT);
        assertThat(Profiled.column(profile, "b").note()).contains("repeats the column a");
        assertThat(Profiled.column(profile, "leak").note().orElseThrow()).contains("leak");
        assertThat(profile.warnings()).hasSize(2);
        assertThat(profile.duplicateRows()).isEqualTo(200 - 17 * 3);
    }

    @Test
    void theTaskFollowsTheTarget() throws IOException {
        assertThat(kinds("a,y", i -> i % 9 + "," + i * 1.5).task()).isEqualTo(Task.REGRESSION);
        assertThat(kinds("a,y", i -> i % 9 + "," + i % 30).task()).isEqualTo(Task.REGRESSION);
        DatasetProfile few = kinds("a,y", i -> i % 9 + "," + (i % 3 + 8));
        assertThat(few.task()).isEqualTo(Task.MULTICLASS);
        assertThat(few.classes()).containsExactly("8", "9", "10");
    }

    @Test
    void aFewOddWordsMakeNoNumbersOfClasses() throws IOException {
        DatasetProfile odd = kinds("a,y", i -> i % 9 + "," + (i % 50 == 3 ? "unknown" : "" + i % 2));
        assertThat(odd.task()).isEqualTo(Task.MULTICLASS);
        assertThat(odd.classes()).containsExactly("0", "1", "unknown");
        assertThat(odd.rows()).isEqualTo(200);

        DatasetProfile numbers = kinds("a,y", i -> i % 9 + "," + (i % 50 == 3 ? "unknown" : "" + i));
        assertThat(numbers.task()).isEqualTo(Task.REGRESSION);
        assertThat(numbers.rows()).isEqualTo(196);
    }

    @Test
    void theTargetIsFoundByNameOrIsTheLastUsableColumn() throws IOException {
        String hinted = csv("Class,a", 50, i -> i % 2 + "," + i % 7);
        String last = csv("a,b,id", 50, i -> i % 7 + "," + i % 3 + "," + i);

        assertThat(profiler.profile(profiler.profiled(hinted, Profiled.DEFAULTS))
                        .target())
                .isEqualTo("Class");
        DatasetProfile guessed = profiler.profile(profiler.profiled(last, Profiled.DEFAULTS));
        assertThat(guessed.target()).isEqualTo("b");
        assertThat(guessed.warnings()).anyMatch(w -> w.contains("No target was named"));
    }

    @Test
    void aTimeColumnCutsTheNewestRowsOff() throws IOException {
        RunSettings byTime = new RunSettings(
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                Profiled.DEFAULTS.budget(),
                Optional.empty(),
                0,
                Optional.of(0.2),
                Optional.of(2),
                Optional.of("day"),
                Optional.empty());
        String text = csv("day,a,y", 20, i -> "2020-01-" + two(20 - i) + "," + i % 3 + "," + i * 1.5);
        int[] folds = profiler.table(profiler.profiled(text, byTime)).folds();

        assertThat(folds).startsWith(-1, -1, -1, -1, 1).endsWith(0, 0);
    }

    private static String two(int number) {
        return "%02d".formatted(number);
    }

    @Test
    void levelsAreListedByFallingFrequency() throws IOException {
        DatasetProfile profile =
                kinds("c,y", i -> List.of("rare", "often", "often").get(i % 3) + "," + i % 2);

        assertThat(Profiled.column(profile, "c").levels()).containsExactly("often", "rare");
    }
}
