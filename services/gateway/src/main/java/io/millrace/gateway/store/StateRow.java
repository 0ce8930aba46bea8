package io.millrace.gateway.store;

import io.micronaut.core.annotation.Introspected;

/** A state as JSON and the run it belongs to. */
@Introspected
public record StateRow(String runId, String state) {}
