package io.millrace.runtime;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * {@code /live}: 200 while the process answers. {@code /ready}: 200 when it takes work, else 503. {@code /metrics}: the
 * registry in the form that the scraper accepts: Prometheus text, OpenMetrics with exemplars, or Prometheus' protobuf with
 * native histograms.
 */
public final class ManagementServer implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final Vertx vertx;
    private final HttpServer server;

    private ManagementServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Starts and returns when it listens.
     *
     * @param host address to listen on
     * @param port port to listen on, or 0 for any free one
     * @param ready may block for a moment; it is not called on an event loop
     * @throws IllegalStateException when it cannot listen there
     */
    public static ManagementServer start(String host, int port, PrometheusRegistry metrics, BooleanSupplier ready) {
        Vertx vertx = Vertx.vertx(EventLoop.options().setWorkerPoolSize(2));
        try {
            HttpServer server = await(
                    "listening on " + host + ":" + port,
                    vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port))
                            .requestHandler(request -> answer(vertx, request, metrics, ready))
                            .listen());
            return new ManagementServer(vertx, server);
        } catch (IllegalStateException e) {
            vertx.close();
            throw e;
        }
    }

    private static void answer(
            Vertx vertx, HttpServerRequest request, PrometheusRegistry metrics, BooleanSupplier ready) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/live" -> response.end("live\n");
            case "/ready" ->
                vertx.executeBlocking(ready::getAsBoolean).onComplete(result -> {
                    boolean isReady = result.succeeded() && result.result();
                    response.setStatusCode(isReady ? 200 : 503).end(isReady ? "ready\n" : "not ready\n");
                });
            case "/metrics" -> {
                ExpositionFormatWriter writer = FORMATS.findWriter(request.getHeader("accept"));
                vertx.executeBlocking(() -> written(metrics, writer))
                        .onSuccess(body -> response.putHeader("content-type", writer.getContentType())
                                .end(body))
                        .onFailure(failure -> response.setStatusCode(500).end(failure.getMessage()));
            }
            default -> response.setStatusCode(404).end("there are /live, /ready and /metrics\n");
        }
    }

    private static Buffer written(PrometheusRegistry metrics, ExpositionFormatWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, metrics.scrape(), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        await("closing the management server", vertx.close());
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    what + " failed: " + cause.getMessage() + "; is MILLRACE_HTTP_PORT taken?", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted", e);
        }
    }
}
