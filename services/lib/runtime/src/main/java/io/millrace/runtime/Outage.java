package io.millrace.runtime;

import com.fasterxml.jackson.core.JacksonException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells an outage from a fault. An outage is of a database, a broker, a store or the machine: it says nothing of the event
 * that was being handled and passes with time. Whatever is not known as one is a fault of the handler or of the event.
 */
public final class Outage {
    private static final int CLASS = 2;
    /**
     * By classes of SQL states (PostgreSQL's manual, appendix A): no connection; a transaction that the server no longer
     * has or that is read-only, as on a standby; who may come in; a database that is not there; a conflict with another
     * transaction; no resources; a lock; shut down or starting; trouble of the machine.
     */
    private static final Set<String> AWAY = Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");
    /** A right that was taken away. Its class is otherwise that of statements that are wrong. */
    private static final String NO_RIGHT = "42501";

    private Outage() {}

    /** Whether a failure, or what it was caused by, is an outage. */
    public static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOne(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOne(Throwable failure) {
        if (failure instanceof EventHandlingException e) {
            return e.kind() == Kind.RETRYABLE;
        }
        if (failure instanceof SQLException e) {
            // Without a state it is the pool that speaks: the server gives one to all that it says.
            String state = e.getSQLState();
            return state == null || NO_RIGHT.equals(state) || AWAY.contains(classOf(state));
        }
        if (failure instanceof IOException) {
            return !(failure instanceof JacksonException || failure instanceof CharacterCodingException);
        }
        return failure instanceof RetriableException
                || failure instanceof AuthenticationException
                || failure instanceof AuthorizationException;
    }

    private static String classOf(String state) {
        return state.substring(0, Math.min(CLASS, state.length()));
    }
}
