package io.millrace.planner.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * An event that was taken into account.
 *
 * @param eventId its id
 * @param receivedAt when
 */
@MappedEntity(value = "inbox", schema = "planner")
record InboxRow(@Id String eventId, Instant receivedAt) {}
