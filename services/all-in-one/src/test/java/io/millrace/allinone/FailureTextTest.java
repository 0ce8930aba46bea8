package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureTextTest {
    @TempDir
    Path folder;

    @Command
    record Failing(Callable<?> work) implements Callable<Object> {
        @Override
        public Object call() throws Exception {
            return work.call();
        }
    }

    private static String told(Callable<?> work) {
        StringWriter told = new StringWriter();
        int exit = new CommandLine(new Failing(work))
                .setErr(new PrintWriter(told))
                .setExecutionExceptionHandler(new FailureText())
                .execute();
        assertThat(exit).isEqualTo(1);
        return told.toString();
    }

    @Test
    void aPathThatLeadsNowhereIsASentenceAndNoStack() throws IOException {
        Path nowhere = folder.resolve("nowhere/curve.svg");
        assertThat(told(() -> Files.writeString(nowhere, "<svg/>")))
                .hasLineCount(1)
                .contains("there is no file or folder " + nowhere);

        Path file = Files.createFile(folder.resolve("networks"));
        assertThat(told(() -> Files.createDirectories(file))).hasLineCount(1).contains(file + " is there already");
    }

    @Test
    void whatNobodyForesawShowsItsStack() {
        assertThat(told(() -> List.of().iterator().next())).contains("NoSuchElementException", "\tat ");
    }
}
