package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.exceptions.DataAccessException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static int status(SQLException cause) {
        return Failures.problemOf(new DataAccessException("a query failed", cause))
                .orElseThrow()
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22008"})
    void aValueThatNoDatabaseTakesIsTheRequestsFault(String state) {
        assertThat(status(new SQLException("invalid byte sequence for encoding", state)))
                .isEqualTo(400);
    }

    @Test
    void aDatabaseThatIsAwayIsNotReadyAndWhatElseItRefusesIsOurs() {
        assertThat(status(new SQLTransientConnectionException("no connection"))).isEqualTo(503);
        assertThat(Failures.problemOf(new DataAccessException("a query failed", new SQLException("no table", "42P01"))))
                .isEmpty();
        assertThat(Failures.problemOf(new DataAccessException("a query failed", new SQLException("no state"))))
                .isEmpty();
    }
}
