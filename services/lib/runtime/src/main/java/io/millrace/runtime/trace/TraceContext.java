package io.millrace.runtime.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trace, as the header {@code traceparent} of the W3C Trace Context tells it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param flags 2 hexadecimal digits; the lowest bit says sampled
 */
public record TraceContext(String traceId, String spanId, String flags) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2}).*");
    private static final String SAMPLED = "01";
    private static final int SPAN_DIGITS = 16;

    /** Reads a header; nothing where it is none that can be gone on from. */
    public static Optional<TraceContext> of(String traceparent) {
        Matcher parts = TRACEPARENT.matcher(traceparent);
        return parts.matches()
                ? Optional.of(new TraceContext(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    /**
     * The beginning of a run's trace, which has the run's id, so that a trace can be looked up by its run and a
     * repetition of the same event is the same beginning.
     *
     * @param runId a UUID
     * @param eventId a UUID: of the run's first event
     */
    public static TraceContext begin(String runId, String eventId) {
        return new TraceContext(digits(runId), digits(eventId).substring(0, SPAN_DIGITS), SAMPLED);
    }

    private static String digits(String uuid) {
        return uuid.replace("-", "");
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }
}
