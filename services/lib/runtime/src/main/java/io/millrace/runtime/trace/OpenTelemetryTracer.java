package io.millrace.runtime.trace;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Spans by OpenTelemetry's semantic conventions for messaging, sent in the background; where the receiver is away they
 * are dropped, never waited for. Attributes beyond the conventions: {@code millrace.run.id}, {@code millrace.trial}.
 */
public final class OpenTelemetryTracer implements Tracer {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> RUN = AttributeKey.stringKey("millrace.run.id");
    private static final AttributeKey<String> TRIAL = AttributeKey.stringKey("millrace.trial");
    private static final String PROCESS = "process";
    private static final long LAST_SPANS_SECONDS = 5;

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer tracer;

    OpenTelemetryTracer(SpanExporter exporter, String process) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), "millrace-" + process))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        tracer = provider.get("io.millrace");
    }

    /**
     * Sends spans by OTLP over HTTP.
     *
     * @param endpoint of the receiver, such as {@code http://collector:4318}
     * @param process name of this process, such as {@code trainer}
     */
    public static OpenTelemetryTracer to(String endpoint, String process) {
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces")
                .setTimeout(Duration.ofSeconds(LAST_SPANS_SECONDS))
                .build();
        return new OpenTelemetryTracer(exporter, process);
    }

    @Override
    public Span begin(String group, Envelope<? extends Event> event) {
        String topic = event.type().topic();
        io.opentelemetry.api.trace.Span span = tracer.spanBuilder(PROCESS + " " + topic)
                .setParent(parent(event))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, PROCESS)
                .setAttribute(OPERATION_TYPE, PROCESS)
                .setAttribute(DESTINATION, topic)
                .setAttribute(GROUP, group)
                .setAttribute(MESSAGE, event.id())
                .setAttribute(RUN, event.runId())
                .startSpan();
        Trials.of(event.event()).ifPresent(trial -> span.setAttribute(TRIAL, trial));
        return new Traced(span);
    }

    private static Context parent(Envelope<? extends Event> event) {
        return event.traceparent()
                .flatMap(TraceContext::of)
                .map(from -> SpanContext.createFromRemoteParent(
                        from.traceId(), from.spanId(), TraceFlags.fromHex(from.flags(), 0), TraceState.getDefault()))
                .map(from -> Context.root().with(io.opentelemetry.api.trace.Span.wrap(from)))
                .orElse(Context.root());
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
    }

    private record Traced(io.opentelemetry.api.trace.Span span) implements Span {
        @Override
        public Optional<String> traceparent() {
            SpanContext here = span.getSpanContext();
            return Optional.of(new TraceContext(
                            here.getTraceId(),
                            here.getSpanId(),
                            here.getTraceFlags().asHex())
                    .traceparent());
        }

        @Override
        public void failed(Exception failure) {
            span.recordException(failure);
            span.setAttribute(ERROR, failure.getClass().getName());
            span.setStatus(StatusCode.ERROR);
        }

        @Override
        public void close() {
            span.end();
        }
    }
}
