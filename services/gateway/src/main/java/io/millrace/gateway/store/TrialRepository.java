package io.millrace.gateway.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Trials. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TrialRepository extends GenericRepository<RunRow, String> {
    @Query("INSERT INTO gateway.trial (run_id, trial, number, family, status, rung, metric, score, error, state) "
            + "VALUES (:runId, :trial, :number, :family, :status, :rung, :metric, :score, :error, "
            + "CAST(:state AS json)) ON CONFLICT (run_id, trial) DO UPDATE SET number = excluded.number, "
            + "family = excluded.family, status = excluded.status, rung = excluded.rung, metric = excluded.metric, "
            + "score = excluded.score, error = excluded.error, state = excluded.state")
    int store(
            String runId,
            String trial,
            int number,
            @Nullable String family,
            String status,
            int rung,
            @Nullable String metric,
            @Nullable Double score,
            @Nullable Double error,
            String state);

    @Query("SELECT run_id, state FROM gateway.trial WHERE run_id = :runId AND trial = :trial")
    Optional<StateRow> find(String runId, String trial);

    @Query("SELECT run_id, state FROM gateway.trial WHERE run_id = :runId ORDER BY number")
    List<StateRow> of(String runId);

    /** Progress of some runs; a run without trials is missing. */
    @Query("SELECT run_id, count(*) AS requested, count(*) FILTER (WHERE status = 'evaluated') AS done, "
            + "count(*) FILTER (WHERE status = 'failed') AS failed, min(error) AS best_error "
            + "FROM gateway.trial WHERE run_id IN (:runIds) GROUP BY run_id")
    List<TrialCounts> counts(List<String> runIds);
}
