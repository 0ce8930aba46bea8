package io.millrace.modelling.source;

/** A file that is no table. Carries what a user needs: a short kind, what is wrong, and what to do. */
public final class UnreadableSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;
    private final String remedy;

    /**
     * @param problem short machine-readable kind: {@code empty-file}, {@code header-only}, {@code binary-file},
     *     {@code broken-gzip}, {@code too-large}, {@code too-many-rows}, {@code unreadable-file}
     */
    public UnreadableSourceException(String problem, String message, String remedy) {
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
