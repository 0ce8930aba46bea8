package io.millrace.gateway.core;

import java.util.Optional;

/**
 * Why a run ended, or why its search ended.
 *
 * @param kind short machine-readable kind, such as {@code no-such-target} or {@code timeout}
 * @param message what happened
 * @param remedy what to do about it, where known
 */
public record RunReason(String kind, String message, Optional<String> remedy) {}
