package io.millrace.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Rows of a benchmark by what was measured, a line each in a file as they come: one that was stopped goes on, and a row whose
 * line is removed is measured again.
 */
final class KeptRows<K, R> {
    private final Path file;
    private final Function<R, String> line;
    private final Map<K, R> rows = new LinkedHashMap<>();

    private KeptRows(Path file, Function<R, String> line) {
        this.file = file;
        this.line = line;
    }

    /** Those in the file, where there is one; the two functions on lines are each other's inverse. */
    static <K, R> KeptRows<K, R> in(Path file, Function<String, R> row, Function<R, String> line, Function<R, K> key)
            throws IOException {
        KeptRows<K, R> kept = new KeptRows<>(file, line);
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().map(row).forEach(r -> kept.rows.put(key.apply(r), r));
        }
        return kept;
    }

    /** The row that is there, or one that is measured and kept now. */
    R get(K key, Callable<R> measure) throws Exception {
        if (!rows.containsKey(key)) {
            R row = measure.call();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line.apply(row) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            rows.put(key, row);
        }
        return rows.get(key);
    }

    /** All there are, also those that nobody asked for this time. */
    Map<K, R> all() {
        return Collections.unmodifiableMap(rows);
    }
}
