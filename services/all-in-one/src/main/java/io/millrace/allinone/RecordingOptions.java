package io.millrace.allinone;

import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recorded run a command is about. */
final class RecordingOptions {
    @Parameters(
            index = "0",
            paramLabel = "RUN|DIR",
            description = "Folder that 'millrace run --out' wrote, or the id of a run that a gateway knows.")
    String run;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "Gateway to ask for a run by its id (default: ${DEFAULT-VALUE}).",
            defaultValue = "http://127.0.0.1:8080")
    URI gateway;

    Recording read() throws IOException, InterruptedException {
        return Recording.of(run, gateway);
    }
}
