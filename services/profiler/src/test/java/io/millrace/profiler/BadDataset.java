package io.millrace.profiler;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.events.RunSettings;
import io.millrace.profiler.HostileBytes.Source;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An entry of the catalogue of hostile and broken data sets: how its file is made and what becomes of it.
 *
 * @param name what is wrong with it
 * @param source makes the file
 * @param target column asked for, if any
 * @param problem kind of the rejection; absent where the data set is profiled all the same
 * @param words what the rejection, or else a warning or a note of the profile, says among other things
 */
record BadDataset(String name, Source source, Optional<String> target, Optional<String> problem, String words) {
    private static final int ROWS = 60;
    private static final int MEGABYTE = 1 << 20;

    static List<BadDataset> catalogue() {
        return List.of(
                // Files that are not what they seem.
                rejected("nothing at all", () -> new byte[0], "empty-file", "0 bytes"),
                rejected("a gzip of nothing", () -> HostileBytes.gzip(new byte[0]), "empty-file", "unpacks to 0 bytes"),
                rejected(
                        "a gzip that was cut off",
                        () -> HostileBytes.cut(HostileBytes.gzip(good())),
                        "broken-gzip",
                        "damaged or cut off"),
                rejected(
                        "a gzip with a flipped bit",
                        () -> HostileBytes.flipped(HostileBytes.gzip(good())),
                        "broken-gzip",
                        "damaged or cut off"),
                rejected(
                        "a zip bomb",
                        () -> HostileBytes.bomb(80 * MEGABYTE),
                        "too-large",
                        "unpacks to more than 64 MiB"),
                rejected(
                        "a gzip in a gzip",
                        () -> HostileBytes.gzip(HostileBytes.gzip(good())),
                        "binary-file",
                        "binary"),
                rejected(
                        "Parquet in name only",
                        () -> "PAR1 and then nothing PAR1".getBytes(UTF_8),
                        "unreadable-file",
                        "cannot be read"),
                rejected(
                        "JSON that breaks off",
                        () -> "{\"a\":1,\"y\":0}\n{\"a\":2,\"y".getBytes(UTF_8),
                        "unreadable-file",
                        "cannot be read"),
                rejected(
                        "JSON nested without end",
                        () -> "{\"a\":".repeat(100_000).getBytes(UTF_8),
                        "unreadable-file",
                        "cannot be read"),
                rejected(
                        "a Parquet file of few bytes and many rows",
                        HostileBytes::parquetBomb,
                        "too-large",
                        "40000000 rows"),
                rejected(
                        "rows that end before most columns begin",
                        () -> HostileBytes.ragged(9_000, 60_000),
                        "too-large",
                        "of 9001 cells"),
                rejected(
                        "JSON objects that lack most keys",
                        () -> HostileBytes.raggedJson(9_000, 60_000),
                        "too-large",
                        "of 9001 cells"),

                // Text that is not quite text.
                rejected(
                        "a zero byte in a cell",
                        csv("a,y", i -> i == 3 ? "1\0,0" : i + "," + i % 2),
                        "binary-file",
                        "zero bytes"),
                profiled("zero bytes late in the file", () -> late("\0".getBytes(UTF_8)), "zero bytes were left out"),
                profiled(
                        "Latin letters in a file that begins as UTF-8",
                        () -> late("é".getBytes(ISO_8859_1)),
                        "not valid UTF-8"),
                profiled(
                        "JSON in another encoding than UTF-8",
                        () -> json().getBytes(Charset.forName("windows-1252")),
                        "not valid UTF-8"),

                // Tables of impossible shapes.
                rejected("a header and no rows", () -> "a,y\n".getBytes(UTF_8), "header-only", "no rows"),
                rejected("one row", () -> "a,y\n1,0\n".getBytes(UTF_8), "too-few-rows", "only 1 rows"),
                rejected("one column", csv("y", i -> "" + i % 2), "no-features", "no column but the target"),
                rejected(
                        "100,000 columns",
                        () -> HostileBytes.wide(100_000, ROWS),
                        "too-many-columns",
                        "100001 columns"),
                rejected("100,000 JSON keys", () -> HostileBytes.wideJson(100_000), "too-many-columns", "columns"),
                rejected(
                        "a name of a column that is a megabyte long",
                        csv("a".repeat(MEGABYTE) + ",y", i -> i + "," + i % 2),
                        "long-column-name",
                        "column 1"),
                profiled(
                        "two columns of one name",
                        csv("a,a,y", i -> i + "," + i % 7 + "," + i % 2),
                        "a more than once"),
                profiled(
                        "columns without names",
                        csv(",a,,y", i -> i % 5 + "," + i + "," + i % 7 + "," + i % 2),
                        "Column 1 has no name"),
                profiled(
                        "rows of every width",
                        csv("a,b,y", i -> i % 3 == 0 ? "1,2,3,4,5" : i + "," + i % 7 + "," + i % 2),
                        "count as empty"),

                // Values that cannot be learnt from.
                rejected("every cell empty", csv("a,b,y", i -> ",,"), "empty-target", "no value in any"),
                rejected(
                        "every cell a missing marker, and no target named",
                        csv("a,b,c", i -> "NA,?,null"),
                        Optional.empty(),
                        "no-target",
                        "no column can be predicted"),
                rejected("a target that never changes", csv("a,y", i -> i + ",1"), "one-class", "one class only"),
                rejected(
                        "a class of ten megabytes",
                        csv("a,y", i -> i % 7 + "," + (i % 2 == 0 ? "x".repeat(10 * MEGABYTE / ROWS * 2) : "z")),
                        "long-class",
                        "characters"),
                rejected(
                        "a million classes",
                        () -> HostileBytes.classes(1_000_000),
                        "too-many-classes",
                        "1000000 different values"),
                rejected(
                        "a target of infinities",
                        csv("a,y", i -> i + "," + (i % 2 == 0 ? "inf" : "-inf") + i),
                        "too-many-classes",
                        "different values"),
                profiled(
                        "infinities among numbers",
                        csv("a,b,y", i -> (i % 30 == 0 ? "inf" : "" + i * 3 % 11) + "," + i % 7 + "," + i % 2),
                        "2 values that are no numbers count as missing"),
                profiled(
                        "numbers at the end of the range",
                        csv("a,b,y", i -> (i % 2 == 0 ? "1e308" : "-1e308") + "," + i % 7 + "," + i % 2),
                        ""),
                rejected(
                        "a target at the end of the range",
                        csv("a,y", i -> i % 7 + "," + (i % 2 == 0 ? "-" : "") + "1." + i + "e308"),
                        "too-many-classes",
                        "different values"),
                profiled(
                        "a cell of ten megabytes",
                        csv(
                                "a,b,y",
                                i -> (i == 3 ? "x".repeat(10 * MEGABYTE) : i % 3 + "s") + "," + i % 7 + "," + i % 2),
                        "a value of 10485760 characters is no name"),
                profiled(
                        "formulas",
                        csv(
                                "a,b,y",
                                i -> "=cmd|' /C calc'!A" + i % 3 + "," + i % 7 + ","
                                        + (i % 2 == 0 ? "=1+1" : "@SUM(A1)")),
                        ""),
                profiled(
                        "quotes and commands of SQL",
                        csv(
                                "\"a'; DROP TABLE raw; --\",\"\"\"b\"\"\",y",
                                i -> "'); DROP TABLE raw; --" + i % 3 + "," + i % 7 + "," + i % 2),
                        ""));
    }

    private static BadDataset rejected(String name, Source source, String problem, String words) {
        return rejected(name, source, Optional.of("y"), problem, words);
    }

    private static BadDataset rejected(
            String name, Source source, Optional<String> target, String problem, String words) {
        return new BadDataset(name, source, target, Optional.of(problem), words);
    }

    private static BadDataset profiled(String name, Source source, String warning) {
        return new BadDataset(name, source, Optional.of("y"), Optional.empty(), warning);
    }

    RunSettings settings() {
        return target.map(Profiled::target).orElse(Profiled.DEFAULTS);
    }

    /** A data set with which nothing is wrong. */
    static byte[] good() {
        try {
            return csv("a,y", i -> i % 7 + "," + i % 2).make();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Source csv(String header, IntFunction<String> row) {
        return () -> IntStream.range(0, ROWS)
                .mapToObj(row)
                .collect(Collectors.joining("\n", header + "\n", "\n"))
                .getBytes(UTF_8);
    }

    private static String json() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"a\":\"é" + i % 3 + "\",\"b\":" + i + ",\"y\":" + i % 2 + "}")
                .collect(Collectors.joining("\n"));
    }

    /** A table whose odd bytes come after what a look at the beginning sees. */
    private static byte[] late(byte[] odd) {
        byte[] plain = IntStream.range(0, 80_000)
                .mapToObj(i -> i % 7 + "," + i % 2)
                .collect(Collectors.joining("\n", "a,y\n", "\n"))
                .getBytes(UTF_8);
        return HostileBytes.joined(plain, odd, "5,1\n".getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return name;
    }
}
