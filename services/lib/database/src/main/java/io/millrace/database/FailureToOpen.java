package io.millrace.database;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Outage;
import io.millrace.runtime.RefusedCertificate;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a failure to open a database asks for: another configuration, or patience. Told apart by the SQL state, which the
 * server or its driver gives (PostgreSQL's manual, appendix A).
 */
final class FailureToOpen {
    /** By states after which no other try will succeed. */
    private static final Map<String, String> WHAT_TO_DO = Map.of(
            "28P01", "check MILLRACE_DATABASE_USER and MILLRACE_DATABASE_PASSWORD or the file of _PASSWORD_FILE",
            "28000", "check MILLRACE_DATABASE_USER, and whether the server's pg_hba.conf lets it in from here",
            "3D000", "create it on the server (CREATE DATABASE) or correct its name in MILLRACE_DATABASE_URL",
            "42501", "grant it to MILLRACE_DATABASE_USER, who makes a schema of its own (GRANT CREATE ON DATABASE)",
            // The driver's own: a password is asked for and there is none, or the server has no TLS.
            "08004", "check MILLRACE_DATABASE_PASSWORD, and sslmode in MILLRACE_DATABASE_URL");

    private FailureToOpen() {}

    /**
     * The failure to throw in place of another.
     *
     * @return a ConfigurationException, an EventHandlingException that is RETRYABLE, or the failure itself where it is
     *     neither, such as one of a migration
     */
    static RuntimeException told(RuntimeException failure, DatabaseConfig database) {
        Optional<String> certificate = RefusedCertificate.in(failure);
        if (certificate.isPresent()) {
            return misconfigured("the certificate of the database " + database.shownUrl() + " is not accepted: "
                    + certificate.get()
                    + "; name the file with its authority's certificate as sslrootcert in MILLRACE_DATABASE_URL");
        }
        SQLException answer = answer(failure);
        if (answer == null) {
            return failure;
        }
        String words = answer.getMessage().replaceAll("\\s*\\R\\s*", " ");
        String remedy = WHAT_TO_DO.get(answer.getSQLState());
        if (remedy != null) {
            return misconfigured("the database " + database.shownUrl() + " refuses user '" + database.user() + "': "
                    + words + "; " + remedy);
        }
        return Outage.in(answer)
                ? new EventHandlingException(
                        Kind.RETRYABLE,
                        "the database " + database.shownUrl() + " does not answer: " + words
                                + "; is PostgreSQL up, and is MILLRACE_DATABASE_URL right?",
                        failure)
                : failure;
    }

    private static ConfigurationException misconfigured(String problem) {
        return new ConfigurationException(List.of(problem));
    }

    /** The innermost failure with a state: what lies around it are the pool's and Flyway's words for it. */
    private static SQLException answer(Throwable failure) {
        SQLException innermost = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                innermost = sql;
            }
        }
        return innermost;
    }
}
