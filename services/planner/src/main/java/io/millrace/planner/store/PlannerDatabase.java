package io.millrace.planner.store;

import io.micronaut.context.ApplicationContext;
import io.millrace.runtime.DatabaseConfig;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the planner's part of the database: its schema by Flyway, its pool and repositories by Micronaut. */
final class PlannerDatabase {
    private static final String SCHEMA = "planner";
    /** The follower, the clock, and one to spare. */
    private static final int CONNECTIONS = 4;

    private PlannerDatabase() {}

    static ApplicationContext open(DatabaseConfig database) {
        try {
            Flyway.configure()
                    .dataSource(database.url(), database.user(), database.password())
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .locations("classpath:db/" + SCHEMA)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw database.told(e);
        }
        // Configured by MILLRACE_* alone: Micronaut's own variables and files stay out.
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .properties(Map.of(
                        "datasources.default.url",
                        database.url(),
                        "datasources.default.username",
                        database.user(),
                        "datasources.default.password",
                        database.password(),
                        "datasources.default.driver-class-name",
                        "org.postgresql.Driver",
                        "datasources.default.dialect",
                        "POSTGRES",
                        "datasources.default.schema-generate",
                        "NONE",
                        "datasources.default.maximum-pool-size",
                        CONNECTIONS,
                        "datasources.default.minimum-idle",
                        1))
                .start();
    }
}
