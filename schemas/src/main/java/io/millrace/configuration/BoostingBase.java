package io.millrace.configuration;

/** What boosting begins with, and its trees correct. */
public enum BoostingBase {
    /** What is the same for all rows. */
    CONSTANT,
    /** A linear model of a number or of the log odds of classes: sums of many columns, which trees approach in steps only. */
    LINEAR
}
