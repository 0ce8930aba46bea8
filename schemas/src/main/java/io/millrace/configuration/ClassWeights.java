package io.millrace.configuration;

/** How much a row of a class counts in training. */
public enum ClassWeights {
    /** As much as any other. */
    EQUAL,
    /** So much that all classes together count the same. */
    BALANCED
}
