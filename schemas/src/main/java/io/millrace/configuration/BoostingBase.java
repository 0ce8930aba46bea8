package io.millrace.configuration;

/** What boosting begins with, and its trees correct. */
public enum BoostingBase {
    /** The mean of the training rows. */
    CONSTANT,
    /** A linear model of a number: sums of many columns, which trees approach in steps only. */
    LINEAR
}
