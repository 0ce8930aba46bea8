package io.millrace.profiler.core;

/** The data set cannot be used; becomes {@link io.millrace.events.DatasetRejected}. */
public final class RejectedDatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;
    private final String remedy;

    /**
     * @param problem short machine-readable kind, such as {@code no-such-target}
     * @param message what is wrong
     * @param remedy what to do about it
     */
    public RejectedDatasetException(String problem, String message, String remedy) {
        super(message);
        this.problem = problem;
        this.remedy = remedy;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
