package io.millrace.planner.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

/** The events that were taken into account. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface InboxRows extends GenericRepository<InboxRow, String> {
    /** 1 when the event is new, 0 when it was taken before. */
    @Query("INSERT INTO planner.inbox (event_id) VALUES (:eventId) ON CONFLICT DO NOTHING")
    int take(String eventId);

    /** Forgets events that no redelivery can bring back any more. */
    @Query("DELETE FROM planner.inbox WHERE received_at < :before")
    int forget(Instant before);
}
