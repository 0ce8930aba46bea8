package io.millrace.modelling.source;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBReadableVector;

/** Fetches the columns of a query into arrays, chunk by chunk. */
final class ColumnFetch {
    private ColumnFetch() {}

    /** What a column becomes: {@code double[]}, {@code int[]} of codes, or {@code String[]}. */
    private sealed interface Sink {
        Object array();

        void take(DuckDBReadableVector vector, int at, int count);
    }

    private record Numbers(double[] array) implements Sink {
        @Override
        public void take(DuckDBReadableVector vector, int at, int count) {
            for (int i = 0; i < count; i++) {
                array[at + i] = vector.getDouble(i, Double.NaN);
            }
        }
    }

    private record Codes(int[] array) implements Sink {
        @Override
        public void take(DuckDBReadableVector vector, int at, int count) {
            for (int i = 0; i < count; i++) {
                array[at + i] = vector.getInt(i);
            }
        }
    }

    private record Texts(String[] array) implements Sink {
        @Override
        public void take(DuckDBReadableVector vector, int at, int count) {
            for (int i = 0; i < count; i++) {
                array[at + i] = vector.getString(i);
            }
        }
    }

    /** SQL of what {@link #fetch} expects for a feature: the typed value, or the code of a category. */
    static String sql(String typedValue, ColumnProfile column) {
        if (column.kind() != ColumnKind.CATEGORICAL) {
            return typedValue;
        }
        if (column.levels().isEmpty()) {
            return "CASE WHEN " + typedValue + " IS NULL THEN " + Table.MISSING + " ELSE " + Table.UNKNOWN + " END";
        }
        return "CASE WHEN " + typedValue + " IS NULL THEN " + Table.MISSING + " ELSE coalesce(enum_code(TRY_CAST("
                + typedValue + " AS ENUM(" + DuckDb.literals(column.levels().stream()) + ")))::INTEGER, "
                + Table.UNKNOWN + ") END";
    }

    /** Arrays of a query whose columns are these features followed by {@code numbers} DOUBLE columns. */
    static List<Object> fetch(DuckDb db, String query, int rows, List<ColumnProfile> features, int numbers) {
        List<Sink> sinks = new ArrayList<>();
        for (ColumnProfile column : features) {
            sinks.add(sink(column.kind(), rows));
        }
        for (int i = 0; i < numbers; i++) {
            sinks.add(new Numbers(new double[rows]));
        }
        int[] done = new int[1];
        db.scan(query, chunk -> {
            int count = (int) chunk.rowCount();
            for (int c = 0; c < sinks.size(); c++) {
                sinks.get(c).take(chunk.vector(c), done[0], count);
            }
            done[0] += count;
        });
        if (done[0] != rows) {
            throw new IllegalStateException("the table has " + done[0] + " rows, expected " + rows);
        }
        return sinks.stream().map(Sink::array).toList();
    }

    private static Sink sink(ColumnKind kind, int rows) {
        if (kind.isStoredAsNumber()) {
            return new Numbers(new double[rows]);
        }
        return kind == ColumnKind.CATEGORICAL ? new Codes(new int[rows]) : new Texts(new String[rows]);
    }
}
