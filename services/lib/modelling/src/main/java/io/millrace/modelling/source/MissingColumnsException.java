package io.millrace.modelling.source;

import java.util.List;

/** New rows lack columns that the model was trained on. */
public final class MissingColumnsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> missing;
    private final transient List<String> header;

    public MissingColumnsException(List<String> missing, List<String> header) {
        super("the file lacks " + (missing.size() == 1 ? "the column " : "the columns ") + String.join(", ", missing)
                + " that the model was trained on; its header is: " + String.join(", ", header)
                + ". Add the missing columns (their cells may be empty) or check the delimiter and the header line.");
        this.missing = List.copyOf(missing);
        this.header = List.copyOf(header);
    }

    /** Feature columns that are not there. */
    public List<String> missing() {
        return missing;
    }

    /** Columns that are there. */
    public List<String> header() {
        return header;
    }
}
