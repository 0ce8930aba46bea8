package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PredictCommandTest {
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
