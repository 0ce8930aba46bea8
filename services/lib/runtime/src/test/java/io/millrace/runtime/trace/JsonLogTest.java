package io.millrace.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.events.Event;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** The log as {@code logback.xml} writes it with {@code MILLRACE_LOG=json}. */
class JsonLogTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private Logger log;

    @BeforeEach
    void configureAsAProcessDoes() throws Exception {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        context.putProperty("MILLRACE_LOG", "json");
        context.putProperty("millrace.log.level", "info");
        context.setMDCAdapter(MDC.getMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(JsonLogTest.class.getResource("/logback.xml"));
        log = context.getLogger("io.millrace.trainer");
    }

    @AfterEach
    void restore() {
        context.stop();
        System.setErr(err);
    }

    @Test
    void aLineOfAHandledEventTellsItsRunTrialAndTrace() throws Exception {
        Envelope<TrialRequested> event = SampleEvents.envelope("run-7", "t007/0", request());
        follow(event, "trained");
        JsonNode line = line();
        assertThat(line.path("formattedMessage").asText()).isEqualTo("trained");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        JsonNode ids = line.path("mdc");
        assertThat(ids.path("run_id").asText()).isEqualTo("run-7");
        assertThat(ids.path("trial").asText()).isEqualTo(event.event().trial());
        assertThat(ids.path("trace_id").asText()).isEqualTo(TRACE);
        assertThat(ids.path("event_id").asText()).isEqualTo(event.id());
    }

    @Test
    void afterAnEventItsIdsAreForgotten() throws Exception {
        follow(SampleEvents.envelope("run-7", "churn", SampleEvents.submitted("churn")), "profiled");
        written.reset();
        log.info("idle");
        assertThat(line().path("mdc").has("run_id")).isFalse();
    }

    @Test
    void aMessageOfSeveralLinesIsOneLineAndASecretIsNotInIt() throws Exception {
        DatabaseConfig database =
                new DatabaseConfig("jdbc:postgresql://db/millrace?password=url-secret", "millrace", "db-secret");
        log.info("first\nsecond \"quoted\" {}", database);
        assertThat(line().path("formattedMessage").asText()).startsWith("first\nsecond \"quoted\"");
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("url-secret", "db-secret");
    }

    private void follow(Envelope<? extends Event> event, String message) {
        try (Handling handling = Handling.begin(Tracer.OFF, "millrace-trainer", event)) {
            log.info(message);
            assertThat(handling.event().id()).isEqualTo(event.id());
        }
    }

    private JsonNode line() throws Exception {
        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text.strip().lines()).hasSize(1);
        return new ObjectMapper().readTree(text);
    }

    private static TrialRequested request() throws Exception {
        try (InputStream example = JsonLogTest.class.getResourceAsStream("/examples/trial.requested.v1.json")) {
            return Json.read(example.readAllBytes(), TrialRequested.class);
        }
    }
}
