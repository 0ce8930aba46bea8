package io.millrace.gateway.view;

/**
 * How far a run's trials are.
 *
 * @param requested trials that the planner asked for
 * @param done trials whose highest rung is scored
 * @param failed trials that failed
 */
public record Progress(long requested, long done, long failed) {}
