package io.millrace.runtime.trace;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import java.util.Map;
import org.slf4j.MDC;

/**
 * An event while a thread handles it. Its ids stand in every line that the thread logs meanwhile ({@code run_id}, {@code
 * trial}, {@code event_id}, {@code trace_id}), and a span stands for it in the run's trace.
 */
public final class Handling implements AutoCloseable {
    private final Envelope<? extends Event> event;
    private final Tracer.Span span;
    private final Map<String, String> before;

    private Handling(Envelope<? extends Event> event, Tracer.Span span) {
        this.event = event;
        this.span = span;
        this.before = MDC.getCopyOfContextMap();
        MDC.put("run_id", event.runId());
        MDC.put("event_id", event.id());
        Trials.of(event.event()).ifPresent(trial -> MDC.put("trial", trial));
        event.traceparent().flatMap(TraceContext::of).ifPresent(trace -> MDC.put("trace_id", trace.traceId()));
    }

    /** Begins, for a group and on this thread. */
    public static Handling begin(Tracer tracer, String group, Envelope<? extends Event> event) {
        Tracer.Span span = tracer.begin(group, event);
        return new Handling(event.tracedBy(span.traceparent()), span);
    }

    /** The event as the cause of what follows: its trace context is that of the span. */
    public Envelope<? extends Event> event() {
        return event;
    }

    /** Notes a failure. */
    public void failed(Exception failure) {
        span.failed(failure);
    }

    @Override
    public void close() {
        span.close();
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
