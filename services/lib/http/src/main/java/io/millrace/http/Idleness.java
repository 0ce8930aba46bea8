package io.millrace.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes connections that leave the server waiting: no request comes, or the rest of one does not. Who waits for the server instead is
 * never idle, however long the answer takes; Vert.x's own limit, which knows of bytes alone, would cut such a client off without a
 * word. Lives on the server's event loop.
 */
final class Idleness {
    /** Looks per limit: a connection is closed at most so much later. */
    private static final int LOOKS = 4;

    private final Map<HttpConnection, Silence> connections = new HashMap<>();

    private Idleness() {}

    /** Limits the idleness of a server's connections, and hands its requests on. */
    static void limit(Vertx vertx, HttpServer server, Duration limit, Handler<HttpServerRequest> requests) {
        Idleness idleness = new Idleness();
        server.connectionHandler(idleness::opened);
        server.requestHandler(request -> {
            idleness.connections.replace(request.connection(), new Silence(request));
            requests.handle(request);
        });
        vertx.setPeriodic(Math.max(1, limit.toMillis() / LOOKS), t -> idleness.look());
    }

    private void opened(HttpConnection connection) {
        connections.put(connection, new Silence(null));
        connection.closeHandler(v -> connections.remove(connection));
    }

    private void look() {
        List<HttpConnection> idle = connections.entrySet().stream()
                .filter(c -> c.getValue().looks() > LOOKS)
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(HttpConnection::close);
    }

    /** How long a client has been silent, since its latest request came, though it is its turn. */
    private static final class Silence {
        private final HttpServerRequest request;
        private long bytes;
        private int looks;

        /** {@code request} is null before the first. */
        Silence(HttpServerRequest request) {
            this.request = request;
        }

        /** Looks in a row, with this one, at which nothing had been heard. */
        int looks() {
            long heard = request == null ? 0 : request.bytesRead();
            looks = isAwaited() || heard != bytes ? 0 : looks + 1;
            bytes = heard;
            return looks;
        }

        /** Whether it is the server's turn: all of the request is there, and not all of the answer. */
        private boolean isAwaited() {
            return request != null && request.isEnded() && !request.response().ended();
        }
    }
}
