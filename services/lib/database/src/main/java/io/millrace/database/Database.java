package io.millrace.database;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.transaction.TransactionOperations;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.EventHandlingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema, migrated by Flyway, and a pool of connections to it with Micronaut's repositories on top. Configured by its
 * arguments alone: Micronaut's own variables and files stay out. Safe for use from several threads.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECTION_TIMEOUT_MS = 5_000;
    private static final int ANSWER_TIMEOUT_S = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final ApplicationContext context;
    private final TransactionOperations<Connection> transactions;
    private final DataSource pool;

    @SuppressWarnings("unchecked") // The context knows the bean by its raw type only.
    private Database(ApplicationContext context) {
        this.context = context;
        this.transactions = context.getBean(TransactionOperations.class);
        // The bean itself gives connections to transactions only.
        this.pool = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
    }

    /**
     * Migrates and connects.
     *
     * @throws io.millrace.runtime.ConfigurationException when the server refuses what is configured, or its certificate is
     *     not accepted; the message says what to do and shows no password
     * @throws EventHandlingException RETRYABLE, when the server is away
     */
    public static Database open(DatabaseConfig config, Schema schema) {
        try {
            Flyway.configure()
                    .dataSource(config.url(), config.user(), config.password())
                    .locations("classpath:db/" + schema.name())
                    .schemas(schema.name())
                    .load()
                    .migrate();
            return new Database(connect(config, schema));
        } catch (RuntimeException e) {
            throw FailureToOpen.told(e, config);
        }
    }

    /** The same for a service, which waits, unready, as long as the server is away. */
    public static Database await(DatabaseConfig config, Schema schema) {
        while (true) {
            try {
                return open(config, schema);
            } catch (EventHandlingException e) {
                LOG.warn("{}; trying again every {} s", e.getMessage(), BETWEEN_TRIES.toSeconds());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    private static ApplicationContext connect(DatabaseConfig config, Schema schema) {
        return ApplicationContext.builder()
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
                        schema.connections(),
                        "datasources.default.minimum-idle",
                        1,
                        "datasources.default.connection-timeout",
                        CONNECTION_TIMEOUT_MS,
                        "datasources.default.pool-name",
                        schema.name()))
                .start();
    }

    /** A repository on this database. */
    public <R> R repository(Class<R> type) {
        return context.getBean(type);
    }

    /** Runs work in one transaction; an exception rolls it back. */
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.executeWrite(status -> work.get());
    }

    /** Whether the server answers to an empty query; false within seconds when it is away. */
    public boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(ANSWER_TIMEOUT_S);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
