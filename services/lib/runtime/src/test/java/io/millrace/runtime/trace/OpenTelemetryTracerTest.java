package io.millrace.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.work.CancellableLease;
import io.millrace.runtime.work.Job;
import io.millrace.runtime.work.RetryPolicy;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracerTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT_SPAN = "b7ad6b7169203331";
    private static final RetryPolicy ONE_TRY = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

    private final List<SpanData> spans = new ArrayList<>();
    private final List<Envelope<? extends Event>> published = new ArrayList<>();

    @Test
    void aHandledEventIsASpanBelowItsCauseAndAboveWhatItLedTo() {
        Envelope<DatasetSubmitted> event = submitted();
        handle(event, (input, work) -> List.of(new Emission("churn", SampleEvents.rejected("churn"))));
        SpanData span = span();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT_SPAN);
        assertThat(span.getParentSpanContext().isRemote()).isTrue();
        assertThat(published.get(0).traceparent()).contains("00-" + TRACE + "-" + span.getSpanId() + "-01");
    }

    @Test
    void aSpanIsToldByTheConventionsForMessaging() {
        Envelope<DatasetSubmitted> event = submitted();
        handle(event, (input, work) -> List.of());
        SpanData span = span();
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getName()).isEqualTo("process millrace.dataset.submitted");
        assertThat(attribute(span, "messaging.system")).isEqualTo("kafka");
        assertThat(attribute(span, "messaging.destination.name")).isEqualTo("millrace.dataset.submitted");
        assertThat(attribute(span, "messaging.consumer.group.name")).isEqualTo("millrace-profiler");
        assertThat(attribute(span, "messaging.message.id")).isEqualTo(event.id());
        assertThat(attribute(span, "millrace.run.id")).isEqualTo("run-7");
        assertThat(span.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("millrace-profiler");
    }

    @Test
    void aHandlerThatFailsIsAnErrorOfItsSpan() {
        handle(submitted(), (input, work) -> {
            throw new IllegalStateException("full");
        });
        assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(span(), "error.type")).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void spansArriveAtAReceiverByOtlp() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try (Tracer tracer = OpenTelemetryTracer.to(
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/", "profiler")) {
            tracer.begin("millrace-profiler", submitted()).close();
        }
        assertThat(received.poll(30, TimeUnit.SECONDS)).contains("process millrace.dataset.submitted", "run-7");
        receiver.stop(0);
    }

    private void handle(Envelope<DatasetSubmitted> event, EventHandler<DatasetSubmitted> handler) {
        try (Tracer tracer = new OpenTelemetryTracer(new Kept(), "profiler")) {
            new Job<>(
                            "millrace-profiler",
                            DatasetSubmitted.class,
                            handler,
                            FailureEvents.none(),
                            ONE_TRY,
                            published::addAll,
                            Clock.systemUTC(),
                            tracer)
                    .run(event, new CancellableLease(1));
        }
    }

    private SpanData span() {
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    private static Envelope<DatasetSubmitted> submitted() {
        return SampleEvents.envelope("run-7", "churn", SampleEvents.submitted("churn"));
    }

    /** Keeps what is sent. */
    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> sent) {
            spans.addAll(sent);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
