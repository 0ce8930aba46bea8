package io.millrace.events;

/**
 * The data set cannot be used; the run ends.
 *
 * @param name name of the data set
 * @param problem short machine-readable kind, such as {@code no-such-target}
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record DatasetRejected(String name, String problem, String message, String remedy) implements Event {}
