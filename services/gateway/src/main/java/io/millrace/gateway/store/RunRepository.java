package io.millrace.gateway.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RunRepository extends GenericRepository<RunRow, String> {
    /** Makes sure that a row is there to be locked. */
    @Query("INSERT INTO gateway.run (id, status, begun_at) VALUES (:id, 'submitted', :begunAt) "
            + "ON CONFLICT (id) DO NOTHING")
    int ensure(String id, Instant begunAt);

    /** The run, locked until the transaction ends: events of one run are taken one after another. */
    @Query("SELECT * FROM gateway.run WHERE id = :id FOR UPDATE")
    RunRow lock(String id);

    @Query("UPDATE gateway.run SET name = :name, status = :status, begun_at = :begunAt, ended_at = :endedAt, "
            + "state = CAST(:state AS json) WHERE id = :id")
    int store(
            String id, @Nullable String name, String status, Instant begunAt, @Nullable Instant endedAt, String state);

    @Query("SELECT status, count(*) AS runs FROM gateway.run GROUP BY status")
    List<StatusCount> countByStatus();

    @Query("SELECT * FROM gateway.run WHERE id = :id")
    Optional<RunRow> find(String id);

    @Query("SELECT id FROM gateway.run WHERE ended_at < :before AND NOT EXISTS (SELECT 1 FROM gateway.model mine "
            + "WHERE mine.run_id = run.id AND NOT EXISTS (SELECT 1 FROM gateway.model newer "
            + "WHERE newer.name = mine.name AND newer.published_at > mine.published_at)) ORDER BY ended_at, id")
    List<String> endedBefore(Instant before);

    @Query("SELECT id FROM gateway.run")
    Set<String> ids();

    @Query("DELETE FROM gateway.event WHERE run_id = :id")
    int forgetEvents(String id);

    @Query("DELETE FROM gateway.missing WHERE run_id = :id")
    int forgetMissing(String id);

    @Query("DELETE FROM gateway.trial WHERE run_id = :id")
    int forgetTrials(String id);

    @Query("DELETE FROM gateway.range_test WHERE run_id = :id")
    int forgetRangeTests(String id);

    @Query("DELETE FROM gateway.model WHERE run_id = :id")
    int forgetModel(String id);

    @Query("DELETE FROM gateway.run WHERE id = :id")
    int forget(String id);

    /** Runs older than a position, newest first; an empty status takes every one. */
    @Query("SELECT * FROM gateway.run WHERE (begun_at, id) < (:begunAt, :id) "
            + "AND (:status = '' OR status = :status) ORDER BY begun_at DESC, id DESC LIMIT :most")
    List<RunRow> before(Instant begunAt, String id, String status, int most);
}
