package io.millrace.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.events.ModelSignature;
import io.millrace.events.Score;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudEventsTest {
    private final Envelope<DatasetSubmitted> envelope =
            SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));

    @Test
    void anEventComesBackAsItWasWritten() {
        assertThat(CloudEvents.decode(CloudEvents.encode(envelope))).isEqualTo(envelope);
    }

    @Test
    void theAttributesAreHeadersAndTheKeyIsTheRun() {
        WireEvent wire = CloudEvents.encode(envelope);
        assertThat(wire.topic()).isEqualTo("millrace.dataset.submitted");
        assertThat(wire.key()).isEqualTo("run-1");
        assertThat(wire.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "io.millrace.dataset.submitted.v1")
                .containsEntry("ce_subject", "churn")
                .containsEntry("ce_source", "/millrace/test")
                .containsEntry("ce_time", "2026-11-23T12:00:00Z")
                .containsEntry("content-type", "application/json")
                .doesNotContainKey("ce_causationid");
    }

    @Test
    void aPublishedModelIsKeyedByItsNameAndKeepsItsRun() {
        Envelope<ModelPublished> model = SampleEvents.envelope("run-1", "churn", published("churn", "run-1"));
        WireEvent wire = CloudEvents.encode(model);
        assertThat(wire.key()).isEqualTo("churn");
        assertThat(CloudEvents.decode(wire)).isEqualTo(model);
    }

    @Test
    void aValueOverTheLimitIsRefusedWithAdvice() {
        Envelope<DatasetRejected> large = SampleEvents.envelope(
                "run-1", "churn", new DatasetRejected("churn", "x".repeat(CloudEvents.VALUE_LIMIT), "", ""));
        assertThatThrownBy(() -> CloudEvents.encode(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataset.rejected churn")
                .hasMessageContaining("store its large parts as blobs");
    }

    @Test
    void aSentenceThatQuotesWhatAUserSentNeverOutgrowsItsEvent() {
        String endless = "x".repeat(CloudEvents.VALUE_LIMIT);
        DatasetRejected rejected = new DatasetRejected("churn", "no-rows", endless, endless);
        assertThat(rejected.message()).hasSize(2003).endsWith("x...");
        assertThat(CloudEvents.encode(SampleEvents.envelope("run-1", "churn", rejected))
                        .value())
                .hasSizeLessThan(CloudEvents.VALUE_LIMIT);
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        WireEvent wire = withValue(
                "{\"name\":\"churn\",\"problem\":\"p\",\"message\":\"m\",\"remedy\":\"r\",\"added\":{\"later\":1}}");
        assertThat(CloudEvents.decode(wire).event()).isEqualTo(new DatasetRejected("churn", "p", "m", "r"));
    }

    @Test
    void everyMalformedRecordIsADecodingExceptionThatNamesTheFault() {
        WireEvent good = withValue("{}");
        expect(new WireEvent(good.topic(), good.key(), Map.of(), good.value()), "ce_specversion");
        expect(withHeader(good, "ce_type", "com.example.other"), "com.example.other is not known");
        expect(withHeader(good, "ce_time", "yesterday"), "ce_time");
        expect(withHeader(good, "ce_specversion", "0.3"), "version 0.3");
        expect(new WireEvent("millrace.run.failed", "run-1", good.headers(), good.value()), "does not belong");
        expect(new WireEvent(good.topic(), null, good.headers(), good.value()), "no key");
        expect(new WireEvent(good.topic(), "run-1", good.headers(), null), "no value");
        expect(withValue("not json"), "not a valid DatasetRejected");
        expect(withValue("null"), "null");
        expect(withValue("{\"name\":\"churn\"}"), "problem");
        expect(withValue("{} {}"), "not a valid DatasetRejected");
    }

    private static void expect(WireEvent wire, String fault) {
        assertThatThrownBy(() -> CloudEvents.decode(wire))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining(fault);
    }

    private static WireEvent withValue(String json) {
        Event event = SampleEvents.rejected("churn");
        WireEvent wire = CloudEvents.encode(SampleEvents.envelope("run-1", "churn", event));
        return new WireEvent(wire.topic(), wire.key(), wire.headers(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static WireEvent withHeader(WireEvent wire, String name, String value) {
        Map<String, String> headers = new HashMap<>(wire.headers());
        headers.put(name, value);
        return new WireEvent(wire.topic(), wire.key(), headers, wire.value());
    }

    private static ModelPublished published(String name, String run) {
        BlobRef blob = new BlobRef("blob:models/m", "ab".repeat(32), 9);
        Score score = new Score(0.5, 0.4, 0.6);
        return new ModelPublished(
                name,
                run,
                blob,
                Task.BINARY,
                "y",
                Metric.LOG_LOSS,
                score,
                score,
                Optional.of(0.01),
                Optional.of(score),
                Map.of(Metric.LOG_LOSS, 0.5, Metric.AUC, 0.9),
                Optional.empty(),
                List.of(),
                blob,
                3,
                Map.of("seed", "1"),
                SampleEvents.NOON,
                SampleEvents.NOON,
                Optional.of(new ModelSignature("ab".repeat(16), "AA==")));
    }
}
