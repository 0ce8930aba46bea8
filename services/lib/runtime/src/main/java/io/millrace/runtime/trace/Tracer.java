package io.millrace.runtime.trace;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import java.util.Optional;

/** Makes a span of every event that is handled. */
public interface Tracer extends AutoCloseable {
    /** Makes none: the trace context is handed on as it came. */
    Tracer OFF = new NoTracer();

    /** Begins the span of an event that a group handles, below the span that its {@code traceparent} names. */
    Span begin(String group, Envelope<? extends Event> event);

    /** Sends what is left. */
    @Override
    void close();

    /** An event while it is handled. */
    interface Span extends AutoCloseable {
        /** What the events that it leads to carry on. */
        Optional<String> traceparent();

        /** Notes that the handler failed. */
        void failed(Exception failure);

        @Override
        void close();
    }
}
