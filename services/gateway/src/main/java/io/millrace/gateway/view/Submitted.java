package io.millrace.gateway.view;

/**
 * An upload that was accepted.
 *
 * @param run id of the run that begins
 * @param name name of the data set and of the model to come
 */
public record Submitted(String run, String name) {}
