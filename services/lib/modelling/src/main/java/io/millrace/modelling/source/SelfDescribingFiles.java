package io.millrace.modelling.source;

import io.millrace.dataset.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Files that bring their column names with every value: Parquet and JSON. Numbers and dates become their text. */
final class SelfDescribingFiles {
    private final DuckDb db;
    private final Path folder;

    SelfDescribingFiles(DuckDb db, Path folder) {
        this.db = db;
        this.folder = folder;
    }

    RawTable parquet(SourceBytes bytes) {
        Path copy = folder.resolve("clean.parquet");
        bytes.guarded(() -> {
            try (InputStream in = bytes.open()) {
                return Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        });
        String path = DuckDb.literal(copy.toString());
        long rows = count("SELECT num_rows FROM parquet_file_metadata(" + path + ")");
        bytes.requireFewCells(rows, names("read_parquet(" + path + ")").size());
        return load("read_parquet(" + path + ")", new SourceFormat("parquet", "", "UTF-8"), List.of());
    }

    /** Use within {@link SourceBytes#guarded}; throws a CharacterCodingException where the encoding is another one. */
    RawTable json(SourceBytes bytes, TextEncoding encoding, List<String> warnings) throws IOException {
        Path copy = folder.resolve("clean.json");
        try (InputStream in = new Utf8InputStream(bytes.open(), encoding)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        JsonKeys.requireFew(copy, bytes);
        String path = DuckDb.literal(copy.toString());
        String detected = "read_json(" + path + ", sample_size = -1, map_inference_threshold = -1)";
        List<String> names = names(detected);
        // Asked for as text, so that 007 stays 007 and a date stays as it was written.
        String columns =
                names.stream().map(n -> DuckDb.literal(n) + ": 'VARCHAR'").collect(Collectors.joining(", ", "{", "}"));
        return load(
                "read_json(" + path + ", columns = " + columns + ")",
                new SourceFormat("jsonl", "", encoding.charset().name()),
                warnings);
    }

    private RawTable load(String source, SourceFormat format, List<String> known) {
        Headers headers = Headers.unique(names(source));
        String columns = IntStream.rangeClosed(1, headers.names().size())
                .mapToObj(i -> "nullif(trim(CAST(#" + i + " AS VARCHAR)), '') AS " + RawTable.column(i - 1))
                .collect(Collectors.joining(", "));
        read("CREATE TABLE " + RawTable.NAME + " AS SELECT " + columns + " FROM " + source);
        long rows = db.single("SELECT count(*) FROM " + RawTable.NAME, r -> r.getLong(1));
        List<String> warnings =
                Stream.concat(known.stream(), headers.warnings().stream()).toList();
        return new RawTable(headers.names(), rows, format, warnings);
    }

    private long count(String sql) {
        try {
            return db.single(sql, r -> r.getLong(1));
        } catch (IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private List<String> names(String source) {
        try {
            return db.query("DESCRIBE SELECT * FROM " + source, r -> r.getString(1));
        } catch (IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private void read(String sql) {
        try {
            db.execute(sql);
        } catch (IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private static UnreadableSourceException unreadable(IllegalStateException e) {
        String message =
                String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
        return new UnreadableSourceException(
                "unreadable-file", "the file cannot be read: " + message, "Write the file again, complete and valid.");
    }
}
