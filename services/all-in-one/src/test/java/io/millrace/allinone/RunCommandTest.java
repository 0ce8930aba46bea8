package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
    private static final List<String> RESULTS =
            List.of(ResultFolder.EVENT, ResultFolder.EVENTS, ResultFolder.PREDICTIONS);

    @TempDir
    Path folder;

    @Test
    void aRunThatCannotBeginLeavesEarlierResultsAsTheyAre() throws Exception {
        Path results = Files.createDirectory(folder.resolve("model"));
        for (String name : RESULTS) {
            Files.writeString(results.resolve(name), "of an earlier run");
        }
        Path state = folder.resolve("state");

        assertThat(run("--threads", "0")).contains("--threads is 0");
        try (DataDirectory taken = DataDirectory.open(state)) {
            assertThat(run("--data-dir", taken.root().toString())).contains("another millrace works in");
        }

        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(RESULTS);
    }

    /** What a run says that does not begin. */
    private String run(String... options) throws Exception {
        Path data = Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
        Stream<String> own = Stream.of(
                "run", data.toString(), "--out", folder.resolve("model").toString());
        StringWriter told = new StringWriter();
        int exit = new CommandLine(new Millrace())
                .setErr(new PrintWriter(told))
                .setExecutionExceptionHandler(new FailureText())
                .execute(Stream.concat(own, Stream.of(options)).toArray(String[]::new));
        assertThat(exit).isNotZero();
        return told.toString();
    }
}
