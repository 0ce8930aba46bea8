package io.millrace.gateway.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Published models, one per run; of each name the latest counts. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface ModelRepository extends GenericRepository<RunRow, String> {
    @Query("INSERT INTO gateway.model (run_id, name, published_at, metric, score, state) "
            + "VALUES (:runId, :name, :publishedAt, :metric, :score, CAST(:state AS json)) "
            + "ON CONFLICT (run_id) DO NOTHING")
    int store(String runId, String name, Instant publishedAt, String metric, double score, String state);

    @Query("SELECT run_id, state FROM gateway.model WHERE run_id = :runId")
    Optional<StateRow> ofRun(String runId);

    @Query("SELECT run_id, state FROM gateway.model WHERE name = :name ORDER BY published_at DESC LIMIT 1")
    Optional<StateRow> latest(String name);

    @Query("SELECT max(published_at) FROM gateway.model")
    Optional<Instant> lastPublished();

    /** The latest model of every name after one, by name. */
    @Query("SELECT DISTINCT ON (name) run_id, state FROM gateway.model WHERE name > :after "
            + "ORDER BY name, published_at DESC LIMIT :most")
    List<StateRow> latestOfEach(String after, int most);
}
