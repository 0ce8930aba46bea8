package io.millrace.modelling.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * An in-process, in-memory DuckDB that sees the folders it is given and nothing else: no extensions are fetched, no network, no other
 * files. Belongs to one thread. SQL errors are {@link IllegalStateException}s, since the SQL is ours; a table that takes more disk than
 * the settings allow is an {@link UnreadableSourceException}, and a disk that is full an {@link UncheckedIOException}.
 */
public final class DuckDb implements AutoCloseable {
    /** What a table may take on disk beyond memory, as a multiple of the file: a cell of few characters takes 16 bytes there. */
    private static final int SPILL_RATIO = 4;

    private final Connection connection;
    private final SourceSettings settings;

    private DuckDb(Connection connection, SourceSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * Opens.
     *
     * @param work folder to read, to write and to spill into
     * @param readable further folders
     */
    public static DuckDb open(SourceSettings settings, Path work, Path... readable) {
        Properties options = new Properties();
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        options.setProperty("threads", Integer.toString(settings.threads()));
        options.setProperty("memory_limit", settings.memoryMegabytes() + "MB");
        options.setProperty("temp_directory", work.resolve("spill").toString());
        try {
            DuckDb db = new DuckDb(DriverManager.getConnection("jdbc:duckdb:", options), settings);
            Stream<String> folders =
                    Stream.concat(Stream.of(work), Stream.of(readable)).map(folder -> folder.toAbsolutePath() + "/");
            db.execute("SET allowed_directories = [" + literals(folders) + "]");
            // Given as an option it is shown, but nothing is held to it (DuckDB 2.0).
            db.execute("SET max_temp_directory_size = '" + spillBytes(settings) + "B'");
            db.execute("SET enable_external_access = false");
            db.execute("SET lock_configuration = true");
            return db;
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    /** Runs a statement. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Runs a query and maps each row. */
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapper.map(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Runs a query of one row. */
    public <T> T single(String sql, RowMapper<T> mapper) {
        return query(sql, mapper).get(0);
    }

    /** Runs a query and hands its columns over chunk by chunk, in row order. */
    public void scan(String sql, ChunkTaker taker) {
        try (DuckDBPreparedStatement statement =
                        new DuckDBPreparedStatement(connection.unwrap(DuckDBConnection.class), sql);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                taker.take(result.chunk());
            }
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The connection, for bulk appends. */
    public DuckDBConnection connection() {
        try {
            return connection.unwrap(DuckDBConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A quoted identifier. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A quoted string. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** Quoted strings, separated by commas. */
    public static String literals(Stream<String> texts) {
        return texts.map(DuckDb::literal).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close: " + e.getMessage(), e);
        }
    }

    private static long spillBytes(SourceSettings settings) {
        return SPILL_RATIO * settings.mostBytes();
    }

    private RuntimeException failure(String sql, SQLException e) {
        if (String.valueOf(e.getMessage()).contains("max_temp_directory_size")) {
            return new UnreadableSourceException(
                    "too-large",
                    "the table takes more than " + settings.memoryMegabytes() + " MB of memory and "
                            + (spillBytes(settings) >> 20) + " MiB of disk while it is read",
                    "Send fewer rows or columns, or raise MILLRACE_PROFILER_MEMORY_MB or MILLRACE_PROFILER_MOST_MB.");
        }
        if (String.valueOf(e.getMessage()).contains("No space left on device")) {
            // It says nothing of the table: who reads it again once there is space may succeed.
            return new UncheckedIOException(
                    "the disk is full, free some space: " + e.getMessage(), new IOException(e.getMessage(), e));
        }
        String shown = sql.length() > 200 ? sql.substring(0, 200) + "..." : sql;
        return new IllegalStateException(e.getMessage() + " in: " + shown, e);
    }

    /** Maps the current row of a result. */
    @FunctionalInterface
    public interface RowMapper<T> {
        /** Reads the current row only. */
        T map(ResultSet row) throws SQLException;
    }

    /** Takes up to 2,048 rows at a time. */
    @FunctionalInterface
    public interface ChunkTaker {
        /** The chunk is valid during the call only. */
        void take(org.duckdb.DuckDBDataChunkReader chunk);
    }
}
