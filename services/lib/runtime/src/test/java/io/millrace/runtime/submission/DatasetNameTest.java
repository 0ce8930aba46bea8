package io.millrace.runtime.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetNameTest {
    @ParameterizedTest
    @CsvSource({
        "churn.csv, churn",
        "Churn 2024.CSV.gz, churn-2024",
        "Café Umsätze.parquet, cafe-umsatze",
        "../../etc/passwd, passwd",
        "..\\..\\boot.tsv, boot",
        "v1.2.jsonl, v1.2",
        "...csv, data",
        "数据.csv, data",
        ".csv, csv"
    })
    void aFileNamesItsDataSet(String file, String name) {
        assertThat(DatasetName.ofFile(file)).isEqualTo(name);
    }

    @Test
    void namesAreShortAndSafe() {
        assertThat(DatasetName.sanitise("x".repeat(300))).hasSize(100);
        assertThat(DatasetName.sanitise("a/../../b")).isEqualTo("a-.-.-b").doesNotContain("..");
        assertThat(DatasetName.sanitise("a\u0000\r\nb")).isEqualTo("a-b");
    }

    @Test
    void aSafeFileKeepsItsEnding() {
        assertThat(DatasetName.safeFile("x".repeat(300) + ".CSV.GZ")).isEqualTo("x".repeat(100) + ".csv.gz");
        assertThat(DatasetName.safeFile("../My File.tsv")).isEqualTo("my-file.tsv");
        assertThat(DatasetName.safeFile("noend")).isEqualTo("noend");
    }

    @Test
    void endingsTellData() {
        assertThat(DatasetName.isData("a.CSV")).isTrue();
        assertThat(DatasetName.isData("a.json.gz")).isTrue();
        assertThat(DatasetName.isData("a.xlsx")).isFalse();
    }
}
