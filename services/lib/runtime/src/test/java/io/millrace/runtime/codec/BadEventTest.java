package io.millrace.runtime.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.BadEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadEventTest {
    static List<BadEvent> catalogue() {
        return BadEvent.catalogue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogue")
    void whatIsNoEventIsRefusedWithTheReason(BadEvent bad) {
        assertThatThrownBy(() -> CloudEvents.decode(bad.of("run-1")))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining(bad.words());
    }
}
