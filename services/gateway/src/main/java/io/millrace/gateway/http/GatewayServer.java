package io.millrace.gateway.http;

import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.store.Projections;
import io.millrace.gateway.store.Readings;
import io.millrace.http.Access;
import io.millrace.http.HttpListener;
import io.millrace.http.Pages;
import io.millrace.http.Problems;
import io.millrace.runtime.Platform;
import io.millrace.runtime.submission.SubmitDataset;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The gateway's HTTP side: which route is answered by what. */
public final class GatewayServer {
    private final HttpConfig config;
    private final Platform platform;
    private final Projections projections;
    private final Readings readings;
    private final Wakeups wakeups;

    public GatewayServer(
            HttpConfig config, Platform platform, Projections projections, Readings readings, Wakeups wakeups) {
        this.config = config;
        this.platform = platform;
        this.projections = projections;
        this.readings = readings;
        this.wakeups = wakeups;
    }

    /** Listens when it returns; throws what {@link HttpListener#start} throws. */
    public HttpListener start() {
        return HttpListener.start(GatewayConfig.VARIABLES, config.host(), config.port(), config.access(), this::addTo);
    }

    private void addTo(Router router, Access access, Vertx vertx) throws IOException {
        Path scratch = Files.createDirectories(platform.scratch().resolve("gateway"));
        Blocking blocking = new Blocking(vertx);
        SubmitDataset submit = new SubmitDataset(platform.blobs(), platform.clock(), scratch, "/millrace/gateway");
        RunRoutes runs = new RunRoutes(readings, blocking);
        ModelRoutes models = new ModelRoutes(readings, platform.blobs(), scratch, blocking);
        EventStreams streams = new EventStreams(vertx, readings, blocking, wakeups, config.heartbeat());
        UploadDataset upload =
                new UploadDataset(vertx, blocking, submit, platform.bus(), projections, scratch, config.uploadLimit());
        for (Endpoint endpoint : Endpoint.values()) {
            Route route = router.route(endpoint.method(), endpoint.path());
            endpoint.role().ifPresent(role -> route.handler(access.requiring(role)));
            route.handler(handler(endpoint, runs, models, streams, upload));
        }
        Problems.answerFor(router, Endpoint::methodsOf, Failures::problemOf);
    }

    private static Handler<RoutingContext> handler(
            Endpoint endpoint, RunRoutes runs, ModelRoutes models, EventStreams streams, UploadDataset upload) {
        return switch (endpoint) {
            case RUNS -> runs::list;
            case RUN -> runs::run;
            case LEADERBOARD -> runs::leaderboard;
            case TRIAL -> runs::trial;
            case RANGE_TESTS -> runs::rangeTests;
            case EXPLANATION -> runs::explanation;
            case EVENTS -> streams::open;
            case MODELS -> models::list;
            case MODEL -> models::model;
            case ARCHIVE -> models::archive;
            case UPLOAD -> upload::upload;
            case OPENAPI -> Pages.serve("/io/millrace/gateway/openapi.yaml", "application/yaml");
            case PAGE -> Pages.serve("/io/millrace/gateway/web/index.html", "text/html; charset=utf-8");
            case SCRIPT -> Pages.serve("/io/millrace/gateway/web/app.js", "text/javascript; charset=utf-8");
            case STYLE -> Pages.serve("/io/millrace/gateway/web/style.css", "text/css; charset=utf-8");
        };
    }
}
