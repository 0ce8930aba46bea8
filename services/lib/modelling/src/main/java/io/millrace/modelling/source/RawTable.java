package io.millrace.modelling.source;

import io.millrace.dataset.SourceFormat;
import java.util.List;

/**
 * A source file in DuckDB, every cell as text, blank ones NULL. Lies in the table {@value #NAME} with columns
 * {@code c0, c1...}; its {@code rowid} is the 0-based row of the source.
 *
 * @param header column names
 * @param rows number of rows
 * @param format how the file was read
 * @param warnings what was odd, as sentences
 */
public record RawTable(List<String> header, long rows, SourceFormat format, List<String> warnings) {
    /** Name of the table in DuckDB. */
    public static final String NAME = "raw";

    /** Name of a column in DuckDB. */
    public static String column(int index) {
        return "c" + index;
    }
}
