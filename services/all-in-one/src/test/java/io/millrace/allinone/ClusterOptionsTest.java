package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.allinone.ClusterOptions.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOptionsTest {
    @Test
    void whoNamesNoClusterIsToldOfBothWaysToNameOne() {
        assumeTrue(System.getenv("MILLRACE_KAFKA") == null, "MILLRACE_KAFKA names a cluster");

        assertThatThrownBy(() -> new ClusterOptions().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data-dir")
                .hasMessageContaining("MILLRACE_KAFKA");
    }

    @Test
    void whatTheStorePutsDownInBetweenLiesInTheConfiguredScratchAndIsGoneAtTheEnd(@TempDir Path folder)
            throws IOException {
        Path scratch = folder.resolve("scratch");
        Map<String, String> variables = Map.of(
                "MILLRACE_KAFKA", "127.0.0.1:1",
                "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                "MILLRACE_SCRATCH", scratch.toString());
        try (Cluster cluster = new ClusterOptions().open(variables)) {
            assertThat(cluster.scratch().folder()).isEmptyDirectory().hasParent(scratch);
        }
        assertThat(scratch).isEmptyDirectory();
    }
}
