package io.millrace.allinone;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.events.Event;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The events of a run, from the folder that {@code millrace run --out} wrote or from a gateway.
 *
 * @param run id of the run
 * @param events its events in the order in which they were recorded
 */
record Recording(String run, List<Envelope<? extends Event>> events) {
    /** Reads the recording of a folder, or asks the gateway for that of a run; its events must have ended there. */
    static Recording of(String runOrFolder, GatewayAccess gateway) throws IOException, InterruptedException {
        Path folder = Path.of(runOrFolder);
        if (Files.isDirectory(folder)) {
            return ofLines(Files.readAllLines(new ResultFolder(folder).events()), runOrFolder);
        }
        if (!gateway.get(pathOf(runOrFolder), JsonNode.class).hasNonNull("endedAt")) {
            throw new IllegalArgumentException("the run " + runOrFolder + " goes on; ask again when it has ended");
        }
        try (Stream<String> lines =
                gateway.send(pathOf(runOrFolder) + "/events", HttpResponse.BodyHandlers.ofLines())) {
            return ofLines(
                    lines.filter(l -> l.startsWith("data: "))
                            .map(l -> l.substring("data: ".length()))
                            .toList(),
                    runOrFolder);
        }
    }

    private static Recording ofLines(List<String> lines, String source) {
        try {
            List<Envelope<? extends Event>> events = lines.stream()
                    .<Envelope<? extends Event>>map(
                            l -> Json.read(l.getBytes(StandardCharsets.UTF_8), RecordedEvent.class)
                                    .envelope())
                    .toList();
            if (events.isEmpty()) {
                throw new IllegalArgumentException("the recording of " + source + " is empty");
            }
            return new Recording(events.get(0).runId(), events);
        } catch (DecodingException e) {
            throw new IllegalArgumentException("the recording of " + source + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where a gateway knows a run; throws an IllegalArgumentException for what can be no id. */
    static String pathOf(String run) {
        if (!run.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("there is no folder " + run + ", and it is no id of a run");
        }
        return "/runs/" + run;
    }
}
