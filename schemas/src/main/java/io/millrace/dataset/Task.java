package io.millrace.dataset;

/** What is to be predicted. */
public enum Task {
    /** Two classes. */
    BINARY,
    /** Three classes or more. */
    MULTICLASS,
    /** A number. */
    REGRESSION;

    /** Whether the target is a class. */
    public boolean isClassification() {
        return this != REGRESSION;
    }

    /** The metric that is optimised when the user names none. */
    public Metric defaultMetric() {
        return isClassification() ? Metric.LOG_LOSS : Metric.RMSE;
    }
}
