package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalPlatformTest {
    @Test
    void aServiceThatNeverTakesEventsEndsTheStartAndIsNamed() {
        assertThatThrownBy(() -> LocalPlatform.awaitReady(List.of(new Prompt(), new Stuck()), Duration.ofMillis(50)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Stuck")
                .hasMessageNotContaining("Prompt");
        assertThatCode(() -> LocalPlatform.awaitReady(List.of(new Prompt()), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    private static class Prompt implements Service {
        @Override
        public void start() {}

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Stuck extends Prompt {
        @Override
        public boolean ready() {
            return false;
        }
    }
}
