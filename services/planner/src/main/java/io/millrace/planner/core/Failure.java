package io.millrace.planner.core;

import io.millrace.events.FailureKind;

/**
 * Why a trial ended without a model.
 *
 * @param kind whose turn it is
 * @param message what happened
 */
public record Failure(FailureKind kind, String message) {}
