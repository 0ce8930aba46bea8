package io.millrace.allinone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
            description = {"Gateway to ask for a run by its id", "(default: ${DEFAULT-VALUE})."},
            defaultValue = "http://127.0.0.1:8080")
    URI gateway;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that the gateway asks for; its role must be read.")
    Path tokenFile;

    Recording read() throws IOException, InterruptedException {
        return Recording.of(run, access());
    }

    GatewayAccess access() throws IOException {
        return GatewayAccess.of(gateway, tokenFile);
    }
}
