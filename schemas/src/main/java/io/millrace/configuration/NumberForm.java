package io.millrace.configuration;

/** How numbers enter a model that is solved for. */
public enum NumberForm {
    /** Scaled by their quartiles and clipped smoothly, or made normal by their quantiles where tails are long. */
    CLIPPED,
    /** Less their mean, by their standard deviation. */
    PLAIN,
    /** As two columns, one of each kind. */
    BOTH
}
