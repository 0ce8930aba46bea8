package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a {@code java} that only tells its process id and what it was called with. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeJava() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/usr/bin/env bash
                if [[ $1 == -version ]]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
                printf '%s\\n' $$ "$@"
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void whatAServiceUnpacksLiesInItsScratchFolder() throws Exception {
        Path scratch = folder.resolve("scratch");
        List<String> told = launched(Map.of("MILLRACE_SCRATCH", scratch.toString()), "service", "range-tester");
        Path own = scratch.resolve("range-tester." + told.get(0));
        assertThat(told)
                .contains("-Djava.io.tmpdir=" + own, "-Dorg.bytedeco.javacpp.cachedir=" + scratch.resolve("javacpp"));
        assertThat(own).isDirectory();
    }

    @Test
    void withoutAScratchFolderAndForCommandsTheSystemsTemporaryOneIsUsed() throws Exception {
        assertThat(launched(Map.of(), "service", "trainer")).noneMatch(option -> option.contains("tmpdir"));
        assertThat(launched(Map.of("MILLRACE_SCRATCH", folder.toString()), "run"))
                .noneMatch(option -> option.contains("tmpdir"));
    }

    /** What {@code java} told: its process id, then its arguments. */
    private List<String> launched(Map<String, String> variables, String... arguments) throws Exception {
        ProcessBuilder launcher = new ProcessBuilder(arguments).redirectErrorStream(true);
        launcher.command().add(0, Checkout.path("millrace").toString());
        launcher.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        launcher.environment().putAll(variables);
        launcher.environment().put("MILLRACE_SKIP_BUILD", "true");
        launcher.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = launcher.start();
        List<String> told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(told.toString()).isZero();
        return told;
    }
}
