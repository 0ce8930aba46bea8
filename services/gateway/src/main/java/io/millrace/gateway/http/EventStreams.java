package io.millrace.gateway.http;

import io.millrace.gateway.store.EventRow;
import io.millrace.gateway.store.Readings;
import io.millrace.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens a stream of server-sent events for each who asks for one. */
final class EventStreams {
    static final int BATCH = 200;

    private final Vertx vertx;
    private final Readings readings;
    private final Blocking blocking;
    private final Wakeups wakeups;
    private final Duration heartbeat;

    EventStreams(Vertx vertx, Readings readings, Blocking blocking, Wakeups wakeups, Duration heartbeat) {
        this.vertx = vertx;
        this.readings = readings;
        this.blocking = blocking;
        this.wakeups = wakeups;
        this.heartbeat = heartbeat;
    }

    /** What is recorded after a position, and whether nothing will follow it. */
    record Tail(List<EventRow> events, boolean last) {}

    void open(RoutingContext ctx) {
        Query.of(ctx, Set.of());
        String run = ctx.pathParam("id");
        long position = position(ctx);
        blocking.query(() -> tail(run, position).orElseThrow(() -> RunRoutes.noRun(run)))
                .onFailure(ctx::fail)
                .onSuccess(tail -> {
                    if (tail.last() && tail.events().isEmpty()) {
                        // 204 tells a browser's EventSource to stop coming back.
                        ctx.response().setStatusCode(204).end();
                    } else {
                        stream(ctx, run, position, tail);
                    }
                });
    }

    private void stream(RoutingContext ctx, String run, long position, Tail first) {
        new EventStream(
                        vertx,
                        ctx.response(),
                        wakeups,
                        run,
                        position,
                        from -> blocking.query(() -> tail(run, from).orElseThrow()))
                .start(first, heartbeat);
    }

    /** Whether the run is over is read before its events: then none that came with its end can be missed. */
    private Optional<Tail> tail(String run, long after) {
        return readings.ended(run).map(ended -> {
            List<EventRow> events = readings.events(run, after, BATCH);
            return new Tail(events, ended && events.size() < BATCH);
        });
    }

    private static long position(RoutingContext ctx) {
        String last = ctx.request().getHeader("Last-Event-ID");
        if (last == null || last.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(last);
        } catch (NumberFormatException e) {
            throw new Problem(
                    400,
                    "Bad request",
                    "Last-Event-ID is '" + last + "'.",
                    "Send the id of the last event of an earlier stream, or leave the header out.");
        }
    }
}
