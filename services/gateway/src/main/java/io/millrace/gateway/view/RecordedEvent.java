package io.millrace.gateway.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event of a run as the stream of events sends it.
 *
 * @param id id of the event
 * @param type name such as {@code trial.evaluated}
 * @param run id of the run
 * @param subject what it is about
 * @param time when it was published
 * @param data the event
 */
public record RecordedEvent(String id, String type, String run, String subject, Instant time, JsonNode data) {}
