package io.millrace.modelling.source;

import java.nio.file.Path;

/**
 * Bounds for reading a source.
 *
 * @param threads threads of DuckDB
 * @param memoryMegabytes memory DuckDB may use before it spills into {@code scratch}
 * @param mostBytes most bytes of a file after decompression
 * @param scratch folder for temporary files; must exist
 */
public record SourceSettings(int threads, int memoryMegabytes, long mostBytes, Path scratch) {
    /** Two threads, 2 GB, files up to 16 GiB, the JVM's temporary folder. */
    public static SourceSettings defaults() {
        return below(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The defaults with another folder for temporary files. */
    public static SourceSettings below(Path scratch) {
        return new SourceSettings(2, 2048, 16L << 30, scratch);
    }
}
