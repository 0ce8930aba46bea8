package io.millrace.profiler;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.encode.TermCounts;
import io.millrace.modelling.source.DuckDb;
import io.millrace.profiler.core.NumericSummary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * The typed table in DuckDB while the profile is made: columns {@code c0...} as in the raw table for the features,
 * {@code t} for the target (class index or value), {@code source_row}. Rows without a target are not there.
 */
final class TypedTable {
    private static final String NAME = "typed";
    /** Texts of a column that are read for its terms: more rows of long texts reach the most that count anyway. */
    private static final int TEXTS_READ = 2000;

    private final DuckDb db;
    private final int rows;

    /**
     * @param select SQL of the columns
     * @param from SQL of their source, with its condition
     */
    TypedTable(DuckDb db, String select, String from) {
        this.db = db;
        db.execute("CREATE TABLE " + NAME + " AS SELECT " + select + " FROM " + from);
        this.rows = Math.toIntExact(db.single("SELECT count(*) FROM " + NAME, r -> r.getLong(1)));
    }

    int rows() {
        return rows;
    }

    /** A DOUBLE expression row by row, NaN where NULL. */
    double[] numbers(String expression) {
        double[] values = new double[rows];
        int[] done = new int[1];
        db.scan("SELECT CAST(" + expression + " AS DOUBLE) FROM " + NAME + " ORDER BY rowid", chunk -> {
            for (int i = 0; i < chunk.rowCount(); i++) {
                values[done[0]++] = chunk.vector(0).getDouble(i, Double.NaN);
            }
        });
        return values;
    }

    /** Equal numbers for rows that agree in all these columns and the target. */
    long[] sameness(List<String> columns) {
        long[] values = new long[rows];
        int[] done = new int[1];
        db.scan(
                "SELECT CAST(hash(" + String.join(", ", columns) + ", t) >> 1 AS BIGINT) FROM " + NAME
                        + " ORDER BY rowid",
                chunk -> {
                    for (int i = 0; i < chunk.rowCount(); i++) {
                        values[done[0]++] = chunk.vector(0).getLong(i);
                    }
                });
        return values;
    }

    /** Rows that repeat an earlier one in these columns and the target. */
    long duplicates(List<String> columns) {
        return rows
                - db.single(
                        "SELECT count(*) FROM (SELECT 1 FROM " + NAME + " GROUP BY " + String.join(", ", columns)
                                + ", t)",
                        r -> r.getLong(1));
    }

    /** The profile of a column with its exact statistics or levels. */
    ColumnProfile profile(String column, ColumnProfile known) {
        if (known.kind().isStoredAsNumber()) {
            return numeric(column, known);
        }
        if (known.kind() != ColumnKind.CATEGORICAL) {
            return known;
        }
        List<String> levels = db.query(
                "SELECT " + column + ", count(*) AS n FROM " + NAME + " WHERE " + column
                        + " IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT " + ColumnProfile.MAX_LEVELS,
                r -> r.getString(1));
        return new ColumnProfile(
                known.name(),
                known.kind(),
                known.missing(),
                known.distinct(),
                Optional.empty(),
                levels,
                known.format(),
                known.note());
    }

    /** Terms of a text that networks will see, from an even sample of its rows. */
    int terms(String column) {
        TermCounts counts = new TermCounts();
        int stride = Math.max(1, rows / TEXTS_READ);
        db.scan("SELECT " + column + " FROM " + NAME + " WHERE rowid % " + stride + " = 0", chunk -> {
            for (int i = 0; i < chunk.rowCount(); i++) {
                counts.add(chunk.vector(0).getString(i));
            }
        });
        return counts.seen();
    }

    private ColumnProfile numeric(String column, ColumnProfile known) {
        List<double[]> values = new ArrayList<>();
        db.scan(
                "SELECT " + column + " AS v, CAST(count(*) AS DOUBLE) FROM " + NAME + " WHERE v IS NOT NULL GROUP BY 1"
                        + " ORDER BY 1",
                chunk -> {
                    for (int i = 0; i < chunk.rowCount(); i++) {
                        values.add(new double[] {
                            chunk.vector(0).getDouble(i), chunk.vector(1).getDouble(i)
                        });
                    }
                });
        double[] distinct = values.stream().mapToDouble(v -> v[0]).toArray();
        long[] counts = values.stream().mapToLong(v -> (long) v[1]).toArray();
        long present = java.util.Arrays.stream(counts).sum();
        return new ColumnProfile(
                known.name(),
                known.kind(),
                rows - present,
                distinct.length,
                distinct.length == 0 ? Optional.empty() : Optional.of(NumericSummary.of(distinct, counts)),
                List.of(),
                known.format(),
                known.note());
    }

    /** Fingerprints of columns: equal for columns that agree in every row. */
    Map<String, Long> fingerprints(List<String> columns) {
        if (columns.isEmpty()) {
            return Map.of();
        }
        String select = columns.stream()
                .map(c -> "CAST(bit_xor(hash(" + c + ", rowid)) >> 1 AS BIGINT)")
                .collect(Collectors.joining(", "));
        return db.single("SELECT " + select + " FROM " + NAME, r -> {
            Map<String, Long> found = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                found.put(columns.get(i), r.getLong(i + 1));
            }
            return found;
        });
    }

    /** Pearson's correlation of each numeric column with the target; absent where it is not defined. */
    Map<String, Double> correlations(List<String> columns) {
        if (columns.isEmpty()) {
            return Map.of();
        }
        String select = columns.stream().map(c -> "corr(" + c + ", t)").collect(Collectors.joining(", "));
        return db.single("SELECT " + select + " FROM " + NAME, r -> {
            Map<String, Double> found = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                double value = r.getDouble(i + 1);
                if (!r.wasNull()) {
                    found.put(columns.get(i), value);
                }
            }
            return found;
        });
    }

    /** Share of the most frequent target value. */
    double majority() {
        return db.single(
                "SELECT max(n) / sum(n) FROM (SELECT count(*) AS n FROM " + NAME + " GROUP BY t)", r -> r.getDouble(1));
    }

    /** Share of rows whose class is the most frequent one of their value in this column, missing ones left out. */
    OptionalDouble purity(String column) {
        return db.single(
                "SELECT sum(m) / sum(s) FROM (SELECT max(n) AS m, sum(n) AS s FROM (SELECT " + column
                        + " AS v, t, count(*) AS n FROM " + NAME + " WHERE v IS NOT NULL GROUP BY 1, 2) GROUP BY v)",
                r -> {
                    double value = r.getDouble(1);
                    return r.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
                });
    }

    /** Writes the Parquet file of {@link DatasetProfile}. */
    void write(Path parquet, Map<String, String> features, int[] folds) {
        db.execute("CREATE TABLE folds (fold INTEGER)");
        try (DuckDBAppender appender = db.connection().createAppender("main", "folds")) {
            for (int fold : folds) {
                appender.beginRow();
                appender.append(fold);
                appender.endRow();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot append the folds: " + e.getMessage(), e);
        }
        String select = features.entrySet().stream()
                .map(f -> f.getKey() + " AS " + DuckDb.identifier(f.getValue()))
                .collect(Collectors.joining(", "));
        db.execute("COPY (SELECT " + select + ", t AS " + DatasetProfile.TARGET + ", fold AS " + DatasetProfile.FOLD
                + ", source_row AS " + DatasetProfile.ROW + " FROM " + NAME + " POSITIONAL JOIN folds) TO "
                + DuckDb.literal(parquet.toString()) + " (FORMAT parquet)");
    }
}
