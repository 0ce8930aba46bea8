package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.allinone.ClusterOptions.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClusterOptionsTest {
    @Test
    void whoNamesNoClusterIsToldOfBothWaysToNameOne() {
        assumeTrue(System.getenv("MILLRACE_KAFKA") == null, "MILLRACE_KAFKA names a cluster");

        assertThatThrownBy(() -> new ClusterOptions().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data-dir")
                .hasMessageContaining("MILLRACE_KAFKA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gc", "dlq list"})
    void aDataDirectoryWhoseNameWasMistypedIsNotMade(String command, @TempDir Path folder) {
        Path mistyped = folder.resolve("millrace-dtaa");

        assertThat(told(command + " --data-dir " + mistyped)).contains(mistyped + " is no data directory");
        assertThat(mistyped).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "redrive", "drop"})
    void lettersAreNamedOrAllAreMeant(String command, @TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("blobs"));
        String where = " --data-dir " + folder;

        assertThat(told("dlq " + command + where)).contains("or say --all");
        assertThat(told("dlq " + command + where + " --all millrace-trainer/0/0"))
                .contains("or say --all");
    }

    /** What wrong use is told. */
    private static String told(String command) {
        StringWriter told = new StringWriter();
        int exit = new CommandLine(new Millrace())
                .setErr(new PrintWriter(told))
                .setExecutionExceptionHandler(new FailureText())
                .execute(command.split(" "));
        assertThat(exit).isEqualTo(2);
        return told.toString();
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
