package io.millrace.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aHeaderIsReadAndWritten() {
        assertThat(TraceContext.of(TRACEPARENT).map(TraceContext::traceparent)).contains(TRACEPARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-abc-def-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01"
            })
    void whatCannotBeGoneOnFromIsNone(String header) {
        assertThat(TraceContext.of(header)).isEmpty();
    }

    @Test
    void aRunsTraceHasTheIdOfTheRun() {
        TraceContext begun =
                TraceContext.begin("5f0c1c1e-0d0a-5b57-8a52-9b3f3a4c7e21", "a2b12ed2-f654-5b43-9013-300f676c0be6");
        assertThat(begun.traceId()).isEqualTo("5f0c1c1e0d0a5b578a529b3f3a4c7e21");
        assertThat(TraceContext.of(begun.traceparent())).contains(begun);
    }
}
