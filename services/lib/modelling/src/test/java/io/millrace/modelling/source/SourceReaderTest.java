package io.millrace.modelling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
    @TempDir
    Path folder;

    /** What was read: the table's facts, and its cells row by row. */
    private record Read(RawTable table, List<List<String>> rows) {}

    private Read read(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("dropped"), content);
        SourceSettings settings = new SourceSettings(1, 256, 200L << 20, folder);
        try (WorkFolder work = WorkFolder.below(folder);
                DuckDb db = DuckDb.open(settings, work.path())) {
            RawTable table = new SourceReader(db, settings, work.path()).read(file, Optional.empty());
            List<List<String>> rows = db.query("SELECT * FROM raw ORDER BY rowid", r -> {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= table.header().size(); i++) {
                    cells.add(r.getString(i));
                }
                return cells;
            });
            assertThat(table.rows()).isEqualTo(rows.size());
            return new Read(table, rows);
        }
    }

    private Read read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRejected(byte[] content, String problem) {
        assertThatThrownBy(() -> read(content)).isInstanceOfSatisfying(UnreadableSourceException.class, e -> {
            assertThat(e.problem()).isEqualTo(problem);
            assertThat(e.remedy()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFound(String delimiter) throws IOException {
        Read read = read("a D b c D d\n1,5 D 2 D 3\n4,7 D 5 D 6\n"
                .replace(" D ", delimiter)
                .replace(",5", delimiter.equals(",") ? "" : ",5")
                .replace(",7", delimiter.equals(",") ? "" : ",7"));

        assertThat(read.table().header()).containsExactly("a", "b c", "d");
        assertThat(read.table().format().delimiter()).isEqualTo(delimiter);
        assertThat(read.rows()).hasSize(2);
    }

    @Test
    void quotedCellsKeepDelimitersQuotesAndLineBreaks() throws IOException {
        Read read = read("id,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,plain\r\n");

        assertThat(read.rows()).containsExactly(List.of("1", "a, \"b\"\nc"), List.of("2", "plain"));
    }

    @Test
    void aHeaderKeepsItsQuotedTabAndLosesOnlyTheByteOrderMark() throws IOException {
        Read read = read("\ufeffMarital status;\"Daytime/evening attendance\t\"\n1;2\n3;4\n");

        assertThat(read.table().header()).containsExactly("Marital status", "Daytime/evening attendance\t");
    }

    @Test
    void blanksAroundCellsAreNoPartOfThem() throws IOException {
        Read read = read("age, job\n39,  State-gov\n50 , ?\n51, \"a b\" \n");

        assertThat(read.table().header()).containsExactly("age", "job");
        assertThat(read.rows()).containsExactly(List.of("39", "State-gov"), List.of("50", "?"), List.of("51", "a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252"})
    void everyCommonEncodingIsRead(String charset) throws IOException {
        Read read = read("name,grade\nJosé,1\nMüller,2\nSørensen,3\n".getBytes(Charset.forName(charset)));

        assertThat(read.rows()).extracting(r -> r.get(0)).containsExactly("José", "Müller", "Sørensen");
    }

    @Test
    void rowsOfTheWrongWidthAreCountedAndNoRowIsLost() throws IOException {
        Read read = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1,,\n");

        assertThat(read.rows())
                .containsExactly(
                        List.of("1", "2", "3"),
                        Arrays.asList("4", "5", null),
                        Arrays.asList(null, null, null),
                        List.of("1", "1", "1"));
        assertThat(read.table().warnings()).singleElement().asString().contains("1 have fewer", "1 have more", "row 2");
    }

    @Test
    void aQuoteThatIsNeverClosedSwallowsNothing() throws IOException {
        Read read = read("size,name\n1,\"monitor\n2,tv\n3,radio\n");

        assertThat(read.rows()).hasSize(3);
        assertThat(read.table().warnings()).anyMatch(w -> w.contains("never closed"));
    }

    @Test
    void equalAndEmptyNamesAreMadeUnique() throws IOException {
        Read read = read("a,A,,a_2\n1,2,3,4\n");

        assertThat(read.table().header()).containsExactly("a", "A_3", "column_3", "a_2");
        assertThat(read.table().warnings()).hasSize(2);
    }

    @Test
    void rowsKeepTheirOrderInLargeFiles() throws IOException {
        StringBuilder text = new StringBuilder("n,t\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(",\"x\ny,").append(i).append("\"\n");
        }
        Read read = read(text.toString());

        assertThat(read.rows()).hasSize(200_000);
        assertThat(read.rows().get(123_456)).containsExactly("123456", "x\ny,123456");
    }

    @Test
    void jsonLinesKeepTheTextOfTheirValues() throws IOException {
        Read read = read("{\"a\": 1, \"b\": \"007\"}\n{\"a\": 2.5, \"b\": null}\n");

        assertThat(read.table().header()).containsExactly("a", "b");
        assertThat(read.rows()).containsExactly(List.of("1", "007"), Arrays.asList("2.5", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\": 1, \"b\": \"007\"}, {\"a\": 2.5, \"b\": null}]",
                "[\n  {\n    \"a\": 1,\n    \"b\": \"007\"\n  },\n  {\n    \"a\": 2.5,\n    \"b\": null\n  }\n]\n"
            })
    void oneJsonArrayIsReadHoweverItIsLaidOut(String array) throws IOException {
        Read read = read(array);

        assertThat(read.table().header()).containsExactly("a", "b");
        assertThat(read.rows()).containsExactly(List.of("1", "007"), Arrays.asList("2.5", null));
    }

    @Test
    void aJsonArrayIsReadHoweverItIsIndented() throws IOException {
        for (String array : List.of("[{\"a\":1},{\"a\":2}]", "[\n  {\n    \"a\": 1\n  },\n  {\"a\": 2}\n]\n")) {
            assertThat(read(array).rows()).as(array).containsExactly(List.of("1"), List.of("2"));
        }
    }

    @Test
    void jsonKeysThatDifferOnlyInCaseAreNoTable() {
        byte[] twice = "{\"Age\": 1, \"age\": 2}\n".getBytes(StandardCharsets.UTF_8);

        assertRejected(twice, "unreadable-file");
    }

    @Test
    void parquetIsReadAsText() throws IOException {
        Path parquet = folder.resolve("x.parquet");
        try (DuckDb db = DuckDb.open(SourceSettings.defaults(), folder)) {
            db.execute("COPY (SELECT 1.5::DOUBLE AS x, true AS b, DATE '2020-01-31' AS d) TO "
                    + DuckDb.literal(parquet.toString()) + " (FORMAT parquet)");
        }
        assertThat(read(Files.readAllBytes(parquet)).rows()).containsExactly(List.of("1.5", "true", "2020-01-31"));
    }

    @Test
    void gzipIsUnpacked() throws IOException {
        assertThat(read(gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))).rows())
                .containsExactly(List.of("1", "2"));
    }

    @Test
    void aGzipThatIsCutOffIsRejected() throws IOException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        byte[] whole = gzip(("a,b\n" + Arrays.toString(random)).getBytes(StandardCharsets.UTF_8));

        assertRejected(Arrays.copyOf(whole, whole.length / 2), "broken-gzip");
        assertRejected(new byte[] {0x1f, (byte) 0x8b, 1, 2, 3}, "broken-gzip");
    }

    @Test
    void aGzipBombIsRejected() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
            byte[] line = "1,2\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                out.write(line);
            }
        }
        assertRejected(bomb.toByteArray(), "too-large");
    }

    @Test
    void whatIsNoTableIsRejected() {
        byte[] rubbish = new byte[5000];
        new Random(2).nextBytes(rubbish);

        assertRejected(rubbish, "binary-file");
        assertRejected(new byte[0], "empty-file");
        assertRejected("\n \n".getBytes(StandardCharsets.UTF_8), "empty-file");
        assertRejected("PAR1rubbish".getBytes(StandardCharsets.UTF_8), "unreadable-file");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
