package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class ClusterOptionsTest {
    @Test
    void whoNamesNoClusterIsToldOfBothWaysToNameOne() {
        assumeTrue(System.getenv("MILLRACE_KAFKA") == null, "MILLRACE_KAFKA names a cluster");

        assertThatThrownBy(() -> new ClusterOptions().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data-dir")
                .hasMessageContaining("MILLRACE_KAFKA");
    }
}
