package io.millrace.gateway.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Learning-rate range tests. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface RangeTestRepository extends GenericRepository<RunRow, String> {
    @Query("INSERT INTO gateway.range_test (run_id, candidate, found_at, base_rate, max_rate, state) "
            + "VALUES (:runId, :candidate, :foundAt, :baseRate, :maxRate, CAST(:state AS json)) "
            + "ON CONFLICT (run_id, candidate) DO UPDATE SET found_at = excluded.found_at, "
            + "base_rate = excluded.base_rate, max_rate = excluded.max_rate, state = excluded.state")
    int store(
            String runId,
            String candidate,
            @Nullable Instant foundAt,
            @Nullable Double baseRate,
            @Nullable Double maxRate,
            String state);

    @Query("SELECT run_id, state FROM gateway.range_test WHERE run_id = :runId AND candidate = :candidate")
    Optional<StateRow> find(String runId, String candidate);

    @Query("SELECT run_id, state FROM gateway.range_test WHERE run_id = :runId ORDER BY candidate")
    List<StateRow> of(String runId);
}
