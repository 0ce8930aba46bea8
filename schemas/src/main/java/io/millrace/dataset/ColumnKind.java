package io.millrace.dataset;

/** What a column holds, as the profiler decided. */
public enum ColumnKind {
    /** A quantity; stored as DOUBLE, missing as NULL. */
    NUMERIC,
    /** One of few names; stored as VARCHAR. */
    CATEGORICAL,
    /** Two values that mean no and yes; stored as DOUBLE 0 or 1. */
    BOOLEAN,
    /** A date or a time; stored as DOUBLE, seconds since 1970-01-01T00:00Z. */
    DATETIME,
    /** Free text; stored as VARCHAR. */
    TEXT,
    /** A different value in (almost) every row and no quantity: carries nothing to learn from. Not used. */
    IDENTIFIER,
    /** One value only. Not used. */
    CONSTANT;

    /** Whether models see the column. */
    public boolean isFeature() {
        return this != IDENTIFIER && this != CONSTANT;
    }

    /** Whether the typed table stores the column as DOUBLE. */
    public boolean isStoredAsNumber() {
        return this == NUMERIC || this == BOOLEAN || this == DATETIME;
    }
}
