package io.millrace.http;

import io.millrace.runtime.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An HTTP server of a service on an event loop of its own, with what protects every one of them in front of its routes. */
public final class HttpListener implements AutoCloseable {
    /** How long a client may leave the server waiting. */
    private static final Duration IDLE = Duration.ofMinutes(2);
    /** How long nothing may move at all: the longest wait for an answer, and how long a client may leave one untaken. */
    private static final Duration STUCK = Duration.ofHours(1);

    private final Vertx vertx;
    private final HttpServer server;

    private HttpListener(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /** Adds what a service answers. */
    @FunctionalInterface
    public interface Routes {
        /** Adds routes to a router; each asks of its callers what {@code access} says. */
        void addTo(Router router, Access access, Vertx vertx) throws IOException;
    }

    /**
     * Listens when it returns.
     *
     * @param prefix how the variables of the service begin, such as {@code MILLRACE_GATEWAY}
     * @param port 0 takes a free one
     * @throws IllegalStateException where the port cannot be had
     * @throws IllegalArgumentException where the file of tokens or of keys cannot be used
     */
    public static HttpListener start(String prefix, String host, int port, AccessConfig access, Routes routes) {
        return start(prefix, host, port, access, routes, IDLE);
    }

    /** The same with another limit of idleness. */
    static HttpListener start(String prefix, String host, int port, AccessConfig access, Routes routes, Duration idle) {
        Vertx vertx = Vertx.vertx(EventLoop.options());
        try {
            Router router = Router.router(vertx);
            router.route().handler(Protection::apply);
            if (access.isOpen()) {
                router.route().handler(Protection::requireLoopback);
            }
            routes.addTo(router, Access.of(access, vertx), vertx);
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(host)
                    .setPort(port)
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout((int) STUCK.toSeconds());
            access.tls().ifPresent(tls -> options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.key().toString())));
            HttpServer server = vertx.createHttpServer(options);
            Idleness.limit(vertx, server, idle, router);
            return new HttpListener(vertx, await(server.listen()));
        } catch (IOException e) {
            await(vertx.close());
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            await(vertx.close());
            throw e;
        } catch (CompletionException e) {
            await(vertx.close());
            throw new IllegalStateException(
                    "nothing can listen on " + host + ":" + port + ": "
                            + e.getCause().getMessage()
                            + "; is " + prefix + "_PORT taken (0 takes any free one), are " + prefix
                            + "_TLS_* readable?",
                    e.getCause());
        }
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
