package io.millrace.scorer.http;

import io.millrace.http.Problem;
import io.millrace.modelling.source.MissingColumnsException;
import io.millrace.modelling.source.UnreadableSourceException;
import io.millrace.scorer.RefusedModelException;
import io.millrace.scorer.core.BadRowsException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scorer has to say of its own failures. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Set<String> OF_SIZE = Set.of("too-large", "too-many-rows", "too-many-columns");

    private Failures() {}

    static Optional<Problem> problemOf(Throwable failure) {
        Problem problem = null;
        if (failure instanceof BadRowsException e) {
            problem = new Problem(
                    400,
                    "Rows cannot be read",
                    e.getMessage() + ".",
                    "Send {\"rows\": [{\"column\": value, ...}, ...]} as application/json, or a CSV as text/csv.");
        } else if (failure instanceof MissingColumnsException e) {
            problem = new Problem(
                    422,
                    "Columns are missing",
                    "The rows lack " + String.join(", ", e.missing()) + ", which the model was trained on; they have "
                            + String.join(", ", e.header()) + ".",
                    "Add the missing columns; their cells may be empty.");
        } else if (failure instanceof UnreadableSourceException e) {
            problem = new Problem(
                    OF_SIZE.contains(e.problem()) ? 413 : 422, "Rows cannot be read", e.getMessage() + ".", e.remedy());
        } else if (failure instanceof RefusedModelException e) {
            LOG.error("{}", e.getMessage());
            problem = new Problem(
                    502,
                    "Model refused",
                    e.getMessage() + ".",
                    "Whoever runs the scorer has to publish the model again or to trust its signer.");
        }
        return Optional.ofNullable(problem);
    }
}
