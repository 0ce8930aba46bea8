package io.millrace.gateway.http;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.transaction.exceptions.TransactionException;
import io.millrace.http.Problem;
import io.millrace.http.Problems;
import io.millrace.runtime.submission.InvalidSettingsException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway has to say of its own failures. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    /** What PostgreSQL calls character_not_in_repertoire and datetime_field_overflow: only requests bring such values. */
    private static final Set<String> UNHEARD_OF = Set.of("22021", "22008");

    private Failures() {}

    static Optional<Problem> problemOf(Throwable failure) {
        if (failure instanceof InvalidSettingsException e) {
            return Optional.of(new Problem(
                    400, "Settings cannot be used", e.getMessage(), "Correct the settings and upload the file again."));
        }
        if (Problems.anyCause(failure, Failures::isOfTheRequest)) {
            return Optional.of(new Problem(
                    400,
                    "Bad request",
                    "The request names something that no database holds: a zero character, or a time of no calendar.",
                    "Correct it; what /runs and /models list can be asked for."));
        }
        if (Problems.anyCause(failure, Failures::isOfTheDatabase)) {
            LOG.warn("the database is away: {}", failure.getMessage());
            return Optional.of(Problems.away());
        }
        return Optional.empty();
    }

    private static boolean isOfTheRequest(Throwable failure) {
        return failure instanceof SQLException e && UNHEARD_OF.contains(String.valueOf(e.getSQLState()));
    }

    private static boolean isOfTheDatabase(Throwable failure) {
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof ConnectionException
                || failure instanceof TransactionException;
    }
}
