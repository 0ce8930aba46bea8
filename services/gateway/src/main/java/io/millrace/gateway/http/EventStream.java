package io.millrace.gateway.http;

import io.millrace.gateway.http.EventStreams.Tail;
import io.millrace.gateway.store.EventRow;
import io.millrace.gateway.store.Readings;
import io.millrace.runtime.codec.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of server-sent events: everything recorded after a position, then what is recorded while it is open, until
 * the run is over. It always reads on from its own position in the table, so replay and live are one, nothing comes
 * twice, and a slow reader costs no memory. Lives on one event loop.
 */
final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    /** How soon events show that another gateway process recorded; its own wake it at once. */
    private static final long LOOK_MS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final Wakeups wakeups;
    private final String run;
    private final Runnable wake;
    private final LongFunction<Future<Tail>> read;
    private long position;
    private boolean reading;
    private boolean again;
    private boolean stopped;
    private long lookTimer;
    private long heartbeatTimer;

    EventStream(
            Vertx vertx,
            HttpServerResponse response,
            Wakeups wakeups,
            String run,
            long position,
            LongFunction<Future<Tail>> read) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = response;
        this.wakeups = wakeups;
        this.run = run;
        this.wake = () -> context.runOnContext(v -> look());
        this.position = position;
        this.read = read;
    }

    /** Sends what was read first, then goes on; does nothing where the reader has left meanwhile. */
    void start(Tail first, Duration heartbeat) {
        if (response.closed()) {
            return;
        }
        response.closeHandler(v -> stop());
        wakeups.add(run, wake);
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.write("retry: 2000\n\n");
        lookTimer = vertx.setPeriodic(LOOK_MS, t -> look());
        heartbeatTimer = vertx.setPeriodic(heartbeat.toMillis(), t -> response.write(": heartbeat\n\n"));
        send(first);
    }

    /** Also at the end of the run: a connection that is kept alive for the next request closes much later or never. */
    private void stop() {
        stopped = true;
        wakeups.remove(run, wake);
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(heartbeatTimer);
    }

    private void look() {
        if (stopped) {
            return;
        }
        if (reading || response.writeQueueFull()) {
            again = true;
            return;
        }
        reading = true;
        again = false;
        read.apply(position)
                .onComplete(
                        tail -> {
                            reading = false;
                            send(tail);
                        },
                        failure -> {
                            reading = false;
                            // The next look tries again; the reader keeps its place.
                            LOG.warn("a stream of events cannot read on: {}", failure.getMessage());
                        });
    }

    private void send(Tail tail) {
        if (stopped) {
            return;
        }
        List<EventRow> events = tail.events();
        for (EventRow row : events) {
            response.write(frame(row));
            position = row.seq();
        }
        if (tail.last()) {
            stop();
            response.end();
        } else if (response.writeQueueFull()) {
            again = true;
            response.drainHandler(v -> look());
        } else if (again || events.size() == EventStreams.BATCH) {
            look();
        }
    }

    private static Buffer frame(EventRow row) {
        return Buffer.buffer("id: " + row.seq() + "\nevent: " + row.type() + "\ndata: ")
                .appendBytes(Json.write(Readings.recorded(row)))
                .appendString("\n\n");
    }
}
