package io.millrace.gateway.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** Recorded events. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface EventRepository extends GenericRepository<EventRow, Long> {
    /** Records an event; 0 when its id is there already. */
    @Query("INSERT INTO gateway.event (event_id, type, run_id, subject, time, payload) "
            + "VALUES (:eventId, :type, :runId, :subject, :time, CAST(:payload AS json)) "
            + "ON CONFLICT (event_id) DO NOTHING")
    int record(String eventId, String type, String runId, String subject, Instant time, String payload);

    @Query("SELECT event_id FROM gateway.event WHERE run_id = :runId")
    List<String> idsOf(String runId);

    /** Events of a run after a position, oldest first. */
    @Query("SELECT * FROM gateway.event WHERE run_id = :runId AND seq > :after ORDER BY seq LIMIT :most")
    List<EventRow> after(String runId, long after, int most);
}
