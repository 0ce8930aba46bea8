package io.millrace.rangetester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeTesterConfigTest {
    @Test
    void oneSlotIsTheDefault() {
        assertThat(RangeTesterConfig.from(new Environment(Map.of())).slots()).isEqualTo(1);
    }

    @Test
    void noSlotsAreRefused() {
        Environment env = new Environment(Map.of("MILLRACE_RANGE_TESTER_SLOTS", "0"));
        RangeTesterConfig.from(env);

        assertThatThrownBy(env::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_RANGE_TESTER_SLOTS is '0'");
    }
}
