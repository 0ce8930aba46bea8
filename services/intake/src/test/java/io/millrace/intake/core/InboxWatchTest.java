package io.millrace.intake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxWatchTest {
    private final InboxWatch watch = new InboxWatch(Duration.ofSeconds(1));

    @Test
    void aFileIsWholeWhenTwoLooksASettlingTimeApartSeeTheSame() {
        FileFacts file = file("a.csv", 10, 1);

        assertThat(look(0, file)).isEmpty();
        assertThat(look(999, file)).isEmpty();
        assertThat(look(1000, file)).containsExactly("a.csv");
    }

    @Test
    void aFileThatGrowsOrIsTouchedStartsAnew() {
        look(0, file("a.csv", 10, 1));
        look(900, file("a.csv", 20, 1));
        look(1800, file("a.csv", 20, 2));

        assertThat(look(2700, file("a.csv", 20, 2))).isEmpty();
        assertThat(look(2800, file("a.csv", 20, 2))).containsExactly("a.csv");
    }

    @Test
    void anEmptyFileHasToStaySoForFiveSettlingTimes() {
        FileFacts empty = file("a.csv", 0, 1);
        look(0, empty);

        assertThat(look(4999, empty)).isEmpty();
        assertThat(look(5000, empty)).containsExactly("a.csv");
    }

    @Test
    void aFileThatVanishedAndCameBackStartsAnew() {
        look(0, file("a.csv", 10, 1));
        look(900);
        look(1000, file("a.csv", 10, 1));

        assertThat(look(1500, file("a.csv", 10, 1))).isEmpty();
    }

    @Test
    void unfinishedAndHiddenFilesAreLeftAlone() {
        List<FileFacts> files = List.of(
                file(".a.csv", 1, 1), file("b.csv.part", 1, 1), file("c.TMP", 1, 1), file("d.csv.crdownload", 1, 1));
        look(0, files.toArray(FileFacts[]::new));

        assertThat(look(9000, files.toArray(FileFacts[]::new))).isEmpty();
    }

    @Test
    void aDataSetWaitsForItsSideFile() {
        look(0, file("a.csv.gz", 10, 1));
        look(900, file("a.csv.gz", 10, 1), file("a.json", 5, 1));

        assertThat(look(1000, file("a.csv.gz", 10, 1), file("a.json", 5, 1))).isEmpty();
        List<Drop> drops =
                watch.observe(Instant.ofEpochMilli(1900), List.of(file("a.json", 5, 1), file("a.csv.gz", 10, 1)));
        assertThat(drops).containsExactly(new Drop(file("a.csv.gz", 10, 1), Optional.of(file("a.json", 5, 1)), false));
    }

    @Test
    void dataSetsOfOneSideFileComeOnePerLookAndItLeavesWithTheLast() {
        FileFacts side = file("a.json", 5, 1);
        FileFacts csv = file("a.csv", 10, 1);
        look(0, csv, side);
        FileFacts coming = file("a.parquet", 10, 1);

        assertThat(watch.observe(Instant.ofEpochMilli(1000), List.of(csv, coming, side)))
                .containsExactly(new Drop(csv, Optional.of(side), true));
        assertThat(watch.observe(Instant.ofEpochMilli(2000), List.of(csv, coming, side)))
                .containsExactly(new Drop(csv, Optional.of(side), true));
        assertThat(watch.observe(Instant.ofEpochMilli(2000), List.of(coming, side)))
                .containsExactly(new Drop(coming, Optional.of(side), false));
    }

    @Test
    void aSideFileWaitsForItsDataSet() {
        look(0, file("a.json", 5, 1));

        assertThat(look(9000, file("a.json", 5, 1))).isEmpty();
    }

    @Test
    void compressedJsonIsData() {
        look(0, file("a.json.gz", 5, 1));

        assertThat(look(1000, file("a.json.gz", 5, 1))).containsExactly("a.json.gz");
    }

    @Test
    void aForgottenFileSettlesAnew() {
        FileFacts file = file("a.csv", 10, 1);
        look(0, file);
        look(1000, file);
        watch.forget("a.csv");

        assertThat(look(1200, file)).isEmpty();
        assertThat(look(2200, file)).containsExactly("a.csv");
    }

    private List<String> look(long millis, FileFacts... files) {
        return watch.observe(Instant.ofEpochMilli(millis), Arrays.asList(files)).stream()
                .map(d -> d.data().name())
                .toList();
    }

    private static FileFacts file(String name, long bytes, long modified) {
        return new FileFacts(name, bytes, modified, true);
    }
}
