package io.millrace.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Refuses a request whose body may still be on its way. */
public final class EarlyRefusal {
    private static final long LINGER_MS = 2_000;

    private EarlyRefusal() {}

    /**
     * Answers while the client may still be sending, and closes the connection: when the client has sent everything, or
     * after a moment of throwing away what it sends. Closing at once would reset the connection and take the answer with
     * it; the header alone leaves the closing to the client.
     */
    public static void answer(RoutingContext ctx, Throwable failure) {
        ctx.response().putHeader(HttpHeaders.CONNECTION, "close");
        HttpServerRequest request = ctx.request();
        HttpConnection connection = request.connection();
        if (request.isEnded()) {
            ctx.addEndHandler(sent -> connection.close());
        } else {
            request.handler(buffer -> {});
            request.endHandler(v -> connection.close());
            request.resume();
            ctx.vertx().setTimer(LINGER_MS, t -> connection.close());
        }
        ctx.fail(failure);
    }
}
