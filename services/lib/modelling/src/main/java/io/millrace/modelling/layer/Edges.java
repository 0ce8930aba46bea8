package io.millrace.modelling.layer;

/**
 * Where the piecewise-linear functions of a column may bend.
 *
 * @param column dense column
 * @param at places in rising order, at least two
 */
public record Edges(int column, float[] at) {}
