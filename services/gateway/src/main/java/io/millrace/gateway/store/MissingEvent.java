package io.millrace.gateway.store;

import io.micronaut.core.annotation.Introspected;

/**
 * An event that was given up.
 *
 * @param runId its run
 * @param type its type
 * @param subject what it is about
 */
@Introspected
public record MissingEvent(String runId, String type, String subject) {}
