package io.millrace.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a server that asks everybody but its superuser for a password. */
@Timeout(120)
class DatabaseIT {
    private static final Schema SCHEMA = new Schema("sample", 2);
    private static final String ASKED_FOR_PASSWORDS =
            """
            host all postgres all trust
            host all banned   all reject
            host all all      all scram-sha-256
            """;

    @TempDir
    static Path folder;

    private static EmbeddedDatabase server;

    @BeforeAll
    static void start() throws Exception {
        Path access = Files.writeString(folder.resolve("pg_hba.conf"), ASKED_FOR_PASSWORDS);
        server = EmbeddedDatabase.start(folder.resolve("server"), Map.of("hba_file", access.toString()));
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE guest LOGIN PASSWORD 'right-secret'");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "guest,    wrong-secret, postgres, password authentication failed, MILLRACE_DATABASE_PASSWORD",
        "guest,    '',           postgres, password,                       MILLRACE_DATABASE_PASSWORD",
        "nobody,   wrong-secret, postgres, password authentication failed, MILLRACE_DATABASE_USER",
        "banned,   wrong-secret, postgres, rejects connection,             pg_hba.conf",
        "postgres, '',           nowhere,  does not exist,                 CREATE DATABASE",
        "guest,    right-secret, postgres, permission denied,              GRANT CREATE ON DATABASE"
    })
    void whatNoOtherTryWillMendIsToldWithWhatToDoAndWithoutThePassword(
            String user, String password, String database, String reason, String remedy) {
        String url = server.url().replaceAll("/postgres$", "/" + database);

        assertThatThrownBy(() -> Database.await(new DatabaseConfig(url, user, password), SCHEMA))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .contains(url, user, reason, remedy)
                .doesNotContain("-secret")
                .hasLineCount(1);
    }

    @Test
    void aServerThatIsAwayIsAskedAgainUntilItIsThere() throws Exception {
        Path late = folder.resolve("late");
        DatabaseConfig config;
        try (EmbeddedDatabase before = EmbeddedDatabase.start(late)) {
            config = new DatabaseConfig(before.url(), before.user(), before.password());
        }
        assertThatThrownBy(() -> Database.open(config, SCHEMA))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRYABLE))
                .hasMessageContaining("is PostgreSQL up");

        CompletableFuture<Database> waiting = CompletableFuture.supplyAsync(() -> Database.await(config, SCHEMA));
        EmbeddedDatabase again = EmbeddedDatabase.start(late);
        try (Database database = waiting.get(60, TimeUnit.SECONDS)) {
            assertThat(database.answers()).isTrue();
            again.close();
            assertThat(database.answers()).isFalse();
        }
    }
}
