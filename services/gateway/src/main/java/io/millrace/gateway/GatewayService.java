package io.millrace.gateway;

import io.millrace.database.Database;
import io.millrace.events.EventType;
import io.millrace.gateway.http.GatewayServer;
import io.millrace.gateway.http.Wakeups;
import io.millrace.gateway.store.OldRuns;
import io.millrace.gateway.store.Projections;
import io.millrace.gateway.store.Readings;
import io.millrace.http.HttpListener;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import java.time.Duration;
import java.time.Instant;

/** The gateway: a follower of every event type that fills the projections, and an HTTP server that reads them. */
public final class GatewayService implements Service {
    private static final String GROUP = "millrace-gateway";

    private static final Duration CLEARED = Duration.ofHours(1);

    private final GatewayConfig config;
    private final Platform platform;
    private Database database;
    private Subscription subscription;
    private HttpListener server;
    private Housekeeping clearing;

    public GatewayService(GatewayConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        Wakeups wakeups = new Wakeups();
        database = Database.await(config.database(), Projections.SCHEMA);
        Projections projections = new Projections(database);
        Readings readings = new Readings(database, platform.blobs());
        GatewayMetrics metrics = new GatewayMetrics(platform.metrics(), readings::census);
        server = new GatewayServer(config.http(), platform, projections, readings, wakeups).start();
        OldRuns oldRuns = new OldRuns(database, platform.blobs());
        clearing = new Housekeeping("gateway-clearing")
                .every(CLEARED, () -> clear(oldRuns, platform.clock().instant()));
        RecordEvent record = new RecordEvent(projections, wakeups, metrics);
        subscription = platform.bus().follow(GROUP, EventType.ofRuns(), record, record);
    }

    private void clear(OldRuns oldRuns, Instant now) {
        oldRuns.forget(oldRuns.endedBefore(now.minus(config.runsKept())));
        oldRuns.forgetNeverSubmitted(now, config.runsKept());
    }

    /** Port that it listens on; the configured one, or the free one that was taken for 0. */
    public int port() {
        return server.port();
    }

    @Override
    public boolean ready() {
        return subscription != null && subscription.ready() && database.answers();
    }

    @Override
    public void close() {
        // Each part may be missing when the start failed half-way.
        if (subscription != null) {
            subscription.close();
        }
        if (clearing != null) {
            clearing.close();
        }
        if (server != null) {
            server.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
