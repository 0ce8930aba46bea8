package io.millrace.gateway.store;

import io.micronaut.core.annotation.Introspected;

/** Runs of a status. */
@Introspected
public record StatusCount(String status, long runs) {}
