package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    @TempDir
    Path folder;

    @Test
    void aLinkToAFileLeadsToItsNewContent() throws IOException {
        Path file = Files.writeString(folder.resolve("2026.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.csv"), file);

        PredictCommand.replace(link, out -> out.append("new"));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("2026.csv", "latest.csv");
    }

    @Test
    void aDeviceIsWrittenToAndStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));

        PredictCommand.replace(link, out -> out.append("rows"));

        assertThat(link).isSymbolicLink();
        assertThat(folder.toFile().list()).containsExactly("null");
    }

    @Test
    void whatCannotBeWrittenWhollyLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("scored.csv"), "old");

        assertThatThrownBy(() -> PredictCommand.replace(file, out -> {
                    out.append("half");
                    throw new IOException("no space left on device");
                }))
                .hasMessageContaining("no space");

        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("scored.csv");
    }

    @Test
    void predictionsThatCouldNotBeWrittenToTheConsoleAreAnError() {
        PrintStream full = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left on device");
                    }
                },
                false,
                UTF_8);
        full.append("1,2\n");

        assertThatThrownBy(() -> PredictCommand.requireWritten(new PrintStream(full, false, UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("standard output");
        assertThatCode(() ->
                        PredictCommand.requireWritten(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)))
                .doesNotThrowAnyException();
    }
}
