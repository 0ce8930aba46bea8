package io.millrace.planner.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The states of the runs. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SearchRows extends GenericRepository<SearchRow, String> {
    Optional<SearchRow> findByRunId(String runId);

    /** Forgets a run. */
    @Query("DELETE FROM planner.search WHERE run_id = :runId")
    int deleteByRunId(String runId);

    /** Forgets runs that ended. */
    @Query("DELETE FROM planner.search WHERE NOT active AND changed_at < :before")
    int forget(Instant before);

    /** When the runs that go on want the clock asked. */
    @Query("SELECT run_id, wake_up FROM planner.search WHERE active AND wake_up IS NOT NULL")
    List<WakeUp> wakeUps();

    /** 1 when stored, 0 when another planner was first. */
    @Query("INSERT INTO planner.search (run_id, version, active, wake_up, traceparent, state)"
            + " VALUES (:runId, 1, :active, :wakeUp, :traceparent, :state) ON CONFLICT DO NOTHING")
    int begin(String runId, boolean active, @Nullable Instant wakeUp, @Nullable String traceparent, String state);

    /** 1 when stored, 0 when the row is no longer at the version. */
    @Query(
            "UPDATE planner.search SET version = version + 1, active = :active, wake_up = :wakeUp, state = :state, changed_at = now()"
                    + " WHERE run_id = :runId AND version = :version")
    int advance(String runId, long version, boolean active, @Nullable Instant wakeUp, String state);
}
