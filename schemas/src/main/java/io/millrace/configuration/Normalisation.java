package io.millrace.configuration;

/** What holds the numbers between the layers of a network in bounds. */
public enum Normalisation {
    /** Nothing. */
    NONE,
    /**
     * Layer norm (Ba et al., arXiv 1607.06450), over the units of a row: of hidden layers before the activation, of a residual network
     * before each block and the last layer.
     */
    LAYER
}
