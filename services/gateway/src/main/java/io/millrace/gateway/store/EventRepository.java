package io.millrace.gateway.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recorded events. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface EventRepository extends GenericRepository<EventRow, Long> {
    /** Records an event; 0 when its id is there already. */
    @Query("INSERT INTO gateway.event (event_id, type, run_id, subject, time, payload) "
            + "VALUES (:eventId, :type, :runId, :subject, :time, CAST(:payload AS json)) "
            + "ON CONFLICT (event_id) DO NOTHING")
    int record(String eventId, String type, String runId, String subject, Instant time, String payload);

    /** Notes that an event was given up. */
    @Query("INSERT INTO gateway.missing (event_id, run_id, type, subject) "
            + "VALUES (:eventId, :runId, :type, :subject) ON CONFLICT (event_id) DO NOTHING")
    int miss(String eventId, String runId, String type, String subject);

    /** Notes that an event has come after all. */
    @Query("DELETE FROM gateway.missing WHERE event_id = :eventId")
    int cameAfterAll(String eventId);

    /** What some runs lack; a run that lacks nothing is missing. */
    @Query("SELECT run_id, type, subject FROM gateway.missing WHERE run_id IN (:runIds) ORDER BY type, subject")
    List<MissingEvent> missing(List<String> runIds);

    /** When the first event of a type was published in a run. */
    @Query("SELECT min(time) FROM gateway.event WHERE run_id = :runId AND type = :type")
    Optional<Instant> firstTime(String runId, String type);

    /** The last event of the run under way that has been silent for longest. */
    @Query("SELECT min(latest) FROM (SELECT max(e.time) AS latest FROM gateway.run r "
            + "JOIN gateway.event e ON e.run_id = r.id WHERE r.ended_at IS NULL GROUP BY r.id) quiet")
    Optional<Instant> quietest();

    @Query("SELECT event_id FROM gateway.event WHERE run_id = :runId")
    List<String> idsOf(String runId);

    /** Events of a run after a position, oldest first. */
    @Query("SELECT * FROM gateway.event WHERE run_id = :runId AND seq > :after ORDER BY seq LIMIT :most")
    List<EventRow> after(String runId, long after, int most);
}
