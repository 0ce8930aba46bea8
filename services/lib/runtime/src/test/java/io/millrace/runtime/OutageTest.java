package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    static Stream<Throwable> outages() {
        return Stream.of(
                new EventHandlingException(Kind.RETRYABLE, "the store is away", null),
                new ConnectException("refused"),
                new IOException("no space left on device"),
                new SQLException("the pool gave no connection"),
                new NotLeaderOrFollowerException("moved"),
                new TopicAuthorizationException("not allowed yet"));
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new EventHandlingException(Kind.POISON, "the blob is missing", null),
                new IllegalArgumentException("no such family"),
                new NullPointerException("no trial"),
                new JsonParseException(null, "no JSON"),
                new MalformedInputException(1),
                new RecordTooLargeException("too large"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageIsOneAlsoAsACause(Throwable failure) {
        assertThat(Outage.in(failure)).isTrue();
        assertThat(Outage.in(new IllegalStateException("could not store it", failure)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNoneAlsoAsACause(Throwable failure) {
        assertThat(Outage.in(failure)).isFalse();
        assertThat(Outage.in(new IllegalStateException("could not store it", failure)))
                .isFalse();
    }

    /** No connection, a standby, a wrong password, no such database, a deadlock, full, locked, shut down, broken, no right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "25006", "28P01", "3D000", "40001", "40P01", "53300", "55P03", "57P01", "58030",
                "42501"
            })
    void aDatabaseThatIsAwayIsAnOutage(String state) {
        assertThat(Outage.in(new SQLException("no", state))).isTrue();
    }

    /** Data that it refuses, a statement that is wrong, a row that is too large. */
    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05", "22008", "23505", "23502", "42703", "54000", "?"})
    void aDatabaseThatRefusesWhatItIsGivenIsNone(String state) {
        assertThat(Outage.in(new SQLException("no", state))).isFalse();
    }
}
