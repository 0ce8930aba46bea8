package io.millrace.planner.store;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The events that are decided and perhaps not published yet. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRows extends GenericRepository<OutboxRow, String> {
    @Query("INSERT INTO planner.outbox"
            + " (event_id, type, subject, run_id, causation_id, traceparent, source, time, payload)"
            + " VALUES (:eventId, :type, :subject, :runId, :causationId, :traceparent, :source, :time, :payload)"
            + " ON CONFLICT DO NOTHING")
    int add(
            String eventId,
            String type,
            String subject,
            String runId,
            @Nullable String causationId,
            @Nullable String traceparent,
            String source,
            Instant time,
            String payload);

    /** What was stored before a moment of the database's clock and is still there, in order. */
    @Query("SELECT * FROM planner.outbox WHERE stored_at <= now() - make_interval(secs => :seconds)"
            + " ORDER BY position LIMIT 1000")
    List<OutboxRow> olderThan(double seconds);

    /** Removes what the broker has. */
    @Query("DELETE FROM planner.outbox WHERE event_id IN (:eventIds)")
    int published(List<String> eventIds);
}
