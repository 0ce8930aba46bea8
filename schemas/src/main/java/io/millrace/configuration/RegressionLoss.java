package io.millrace.configuration;

/** What a network for numbers minimises; errors are in units of the target's standard deviation. */
public enum RegressionLoss {
    /** Squared error, which aims at the mean. */
    SQUARED,
    /** Squared up to one standard deviation, absolute beyond: outliers count less. */
    HUBER,
    /** Pinball loss, which aims at a quantile; at the median half the absolute error. */
    QUANTILE
}
