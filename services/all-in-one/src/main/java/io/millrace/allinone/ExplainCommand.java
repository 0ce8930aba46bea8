package io.millrace.allinone;

import io.millrace.gateway.core.ExplainRun;
import io.millrace.gateway.core.Explanation;
import io.millrace.gateway.core.ExplanationText;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells a run as a story. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Tells a run as a story: the data, the learning rates found, the problem of each leading trial, what"
                        + " cures did, and why the ensemble has its members.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    RecordingOptions recording;

    @Option(names = "--json", description = "As JSON, as GET /runs/{id}/explanation answers.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Explanation explanation = explanation();
        System.out.println(
                json
                        ? new String(
                                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(explanation),
                                StandardCharsets.UTF_8)
                        : ExplanationText.of(explanation));
        return 0;
    }

    /** A gateway explains also what goes on, so it is asked for no more than that. */
    private Explanation explanation() throws IOException, InterruptedException {
        if (Files.isDirectory(Path.of(recording.run))) {
            Recording read = recording.read();
            return ExplainRun.of(read.run(), read.events());
        }
        return recording.access().get(Recording.pathOf(recording.run) + "/explanation", Explanation.class);
    }
}
