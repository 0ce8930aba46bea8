package io.millrace.configuration;

/**
 * Where a learning rate is usable, as a range test found it.
 *
 * @param base rate to start from
 * @param max rate at which one-cycle peaks
 */
public record LearningRateRange(double base, double max) {}
