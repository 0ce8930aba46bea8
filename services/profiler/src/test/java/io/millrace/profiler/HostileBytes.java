package io.millrace.profiler;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Makes files that no honest program writes. */
public final class HostileBytes {
    private HostileBytes() {}

    /** Makes a file, when it is needed: some are large. */
    @FunctionalInterface
    interface Source {
        byte[] make() throws IOException;
    }

    public static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    static byte[] cut(byte[] content) {
        return Arrays.copyOf(content, content.length * 2 / 3);
    }

    static byte[] flipped(byte[] content) {
        byte[] changed = content.clone();
        changed[changed.length / 2] ^= 0x10;
        return changed;
    }

    /** A small gzip that unpacks to this many bytes of a table. */
    static byte[] bomb(int bytes) throws IOException {
        byte[] row = "1,0\n".repeat(1 << 14).getBytes(US_ASCII);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("a,y\n".getBytes(US_ASCII));
            for (int written = 0; written < bytes; written += row.length) {
                out.write(row);
            }
        }
        return packed.toByteArray();
    }

    /** A table of this many features and the target {@code y}. */
    static byte[] wide(int columns, int rows) throws IOException {
        String header = IntStream.range(0, columns).mapToObj(i -> "f" + i).collect(Collectors.joining(",", "", ",y\n"));
        byte[] cells = "1,".repeat(columns).getBytes(US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header.getBytes(US_ASCII));
        for (int i = 0; i < rows; i++) {
            out.write(cells);
            out.write(i % 2 == 0 ? "0\n".getBytes(US_ASCII) : "1\n".getBytes(US_ASCII));
        }
        return out.toByteArray();
    }

    /** JSON lines whose first object has this many keys. */
    static byte[] wideJson(int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> "\"f" + i + "\":1")
                .collect(Collectors.joining(",", "{", ",\"y\":0}\n{\"y\":1}\n"))
                .getBytes(US_ASCII);
    }

    /** A table of a wide header and rows of one cell. */
    static byte[] ragged(int columns, int rows) {
        String header = IntStream.range(0, columns).mapToObj(i -> "f" + i).collect(Collectors.joining(",", "", ",y\n"));
        return (header + "1\n".repeat(rows)).getBytes(US_ASCII);
    }

    /** One JSON object of many keys and then many of none. */
    static byte[] raggedJson(int keys, int rows) {
        return joined(wideJson(keys), "{}\n".repeat(rows).getBytes(US_ASCII));
    }

    /** Forty million equal rows of two cells, which Parquet writes in some kilobytes. */
    static byte[] parquetBomb() throws IOException {
        Path folder = Files.createTempDirectory("parquet-bomb-");
        Path file = folder.resolve("bomb.parquet");
        try (DuckDb db = DuckDb.open(new SourceSettings(1, 512, 1 << 20, folder), folder)) {
            db.execute("COPY (SELECT 1 AS a, 0 AS y FROM range(40000000)) TO " + DuckDb.literal(file.toString())
                    + " (FORMAT parquet)");
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** A table in which every row is a class of its own. */
    static byte[] classes(int rows) {
        StringBuilder text = new StringBuilder("a,y\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 7).append(",w").append(i).append('\n');
        }
        return text.toString().getBytes(US_ASCII);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
