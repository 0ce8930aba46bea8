package io.millrace.events;

/**
 * A metric's value with its 95 % bootstrap interval over rows.
 *
 * @param value the value on all rows
 * @param low 2.5 % quantile of the bootstrap
 * @param high 97.5 % quantile of the bootstrap
 */
public record Score(double value, double low, double high) {}
