package io.millrace.database;

/**
 * A service's part of the database.
 *
 * @param name of the schema; its migrations are on the class path under {@code db/NAME}
 * @param connections at most, from one process
 */
public record Schema(String name, int connections) {}
