package io.millrace.gateway.store;

import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import io.millrace.runtime.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The gateway's schema, migrated, and a pool of connections to it. Nothing is read from the process's environment. */
public final class Database implements AutoCloseable {
    private static final String SCHEMA = "gateway";
    private static final int CONNECTIONS = 8;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;

    private final ApplicationContext context;
    private final TransactionOperations<Connection> transactions;

    private Database(ApplicationContext context) {
        this.context = context;
        this.transactions = jdbcTransactions(context);
    }

    /**
     * Migrates and connects; throws Flyway's or Hikari's exception when the database is away or newer than this code, an
     * IllegalStateException when its certificate is not accepted.
     */
    public static Database open(DatabaseConfig config) {
        try {
            Flyway.configure()
                    .dataSource(config.url(), config.user(), config.password())
                    .locations("classpath:db/gateway")
                    .schemas(SCHEMA)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw config.told(e);
        }
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .properties(Map.of(
                        "datasources.default.url",
                        config.url(),
                        "datasources.default.username",
                        config.user(),
                        "datasources.default.password",
                        config.password(),
                        "datasources.default.driver-class-name",
                        "org.postgresql.Driver",
                        "datasources.default.maximum-pool-size",
                        CONNECTIONS,
                        "datasources.default.connection-timeout",
                        CONNECTION_TIMEOUT_MS,
                        "datasources.default.pool-name",
                        SCHEMA))
                .build()
                .start();
        return new Database(context);
    }

    /** A repository on this database. */
    public <R> R repository(Class<R> type) {
        return context.getBean(type);
    }

    /** Runs work in one transaction; an exception rolls it back. */
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.executeWrite(status -> work.get());
    }

    /** Whether a statement gets an answer. */
    public boolean answers() {
        try {
            return transactions.executeRead(status -> {
                try (Statement statement = status.getConnection().createStatement()) {
                    return statement.execute("SELECT 1");
                } catch (SQLException e) {
                    return false;
                }
            });
        } catch (RuntimeException e) {
            // No connection is to be had: the same answer, in the form that the pool gives it.
            return false;
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> jdbcTransactions(ApplicationContext context) {
        return context.getBean(TransactionOperations.class);
    }
}
