package io.millrace.gateway.http;

import io.millrace.gateway.store.Projections;
import io.millrace.gateway.store.Readings;
import io.millrace.runtime.Platform;
import io.millrace.runtime.submission.SubmitDataset;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The HTTP server: which route is answered by what. */
public final class GatewayServer implements AutoCloseable {
    private static final int IDLE_SECONDS = 120;

    private final Vertx vertx;
    private final HttpServer server;

    private GatewayServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /** Listens when it returns; throws an IllegalStateException when the port cannot be had. */
    public static GatewayServer start(
            HttpConfig config, Platform platform, Projections projections, Readings readings, Wakeups wakeups) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            Path scratch = Files.createDirectories(platform.scratch().resolve("gateway"));
            Blocking blocking = new Blocking(vertx);
            SubmitDataset submit = new SubmitDataset(platform.blobs(), platform.clock(), scratch, "/millrace/gateway");
            RunRoutes runs = new RunRoutes(readings, blocking);
            ModelRoutes models = new ModelRoutes(readings, platform.blobs(), scratch, blocking);
            EventStreams streams = new EventStreams(vertx, readings, blocking, wakeups, config.heartbeat());
            UploadDataset upload = new UploadDataset(
                    vertx, blocking, submit, platform.bus(), projections, scratch, config.uploadLimit());
            Router router = Router.router(vertx);
            router.route().handler(Protection::apply);
            if (config.access().isOpen()) {
                router.route().handler(Protection::requireLoopback);
            }
            Access access = Access.of(config.access(), vertx);
            for (Endpoint endpoint : Endpoint.values()) {
                Route route = router.route(endpoint.method(), endpoint.path());
                endpoint.role().ifPresent(role -> route.handler(ctx -> access.require(role, ctx)));
                route.handler(handler(endpoint, runs, models, streams, upload));
            }
            Problems.answerFor(router);
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(config.host())
                    .setPort(config.port())
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout(IDLE_SECONDS);
            config.access().tls().ifPresent(tls -> options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.key().toString())));
            HttpServer server =
                    await(vertx.createHttpServer(options).requestHandler(router).listen());
            return new GatewayServer(vertx, server);
        } catch (IOException e) {
            await(vertx.close());
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            await(vertx.close());
            throw e;
        } catch (CompletionException e) {
            await(vertx.close());
            throw new IllegalStateException(
                    "the gateway cannot listen on " + config.host() + ":" + config.port()
                            + ": " + e.getCause().getMessage()
                            + "; is MILLRACE_GATEWAY_PORT taken (0 takes any free one), are MILLRACE_GATEWAY_TLS_* readable?",
                    e.getCause());
        }
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

    /** Port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
