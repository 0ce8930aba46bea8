package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void keepsItsRowsOverARestartAndLeavesNoProcess() throws Exception {
        ProcessHandle server;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            execute(database, "CREATE TABLE kept (value TEXT)");
            execute(database, "INSERT INTO kept VALUES ('still here')");
            server = postmaster(directory);
            assertThat(server.isAlive()).isTrue();
        }
        server.onExit().get(10, TimeUnit.SECONDS);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(onlyValue(database)).isEqualTo("still here");
        }
    }

    @Test
    void stopsAServerThatAKilledProcessLeftAndKeepsItsRows() throws Exception {
        Process owner = OwnerProcess.start(directory);
        ProcessHandle orphan;
        try {
            OwnerProcess.awaitStored(owner);
            orphan = postmaster(directory);
        } finally {
            owner.destroyForcibly().waitFor();
        }
        assertThat(orphan.isAlive()).isTrue();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(onlyValue(database)).isEqualTo("still here");
        }
    }

    @Test
    void beginsAnewWhereAFirstStartDiedHalfWay() throws Exception {
        Path cluster = Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(cluster.resolve("postgresql.conf"), "# written before initdb was killed");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            execute(database, "CREATE TABLE kept (value TEXT)");
        }
    }

    static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String onlyValue(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static ProcessHandle postmaster(Path directory) throws Exception {
        String pid =
                Files.readAllLines(directory.resolve("cluster/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }
}
