package io.millrace.gateway.http;

import io.millrace.http.Problems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An HTTP server on a free port with the handlers of a test, and sockets to it that say exactly what they are told. */
final class LoopbackServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    @SafeVarargs
    LoopbackServer(Consumer<RoutingContext>... handlers) {
        Router router = Router.router(vertx);
        for (Consumer<RoutingContext> handler : handlers) {
            router.route().handler(handler::accept);
        }
        Problems.answerFor(router, Endpoint::methodsOf, Failures::problemOf);
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    /** A connection that gives up reading after a while. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return socket;
    }

    /** Asks for the root with these lines of headers. */
    static void ask(Socket socket, String headers) throws IOException {
        socket.getOutputStream().write(("GET / HTTP/1.1\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until an answer says this much. */
    static String read(Socket socket, String end) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        while (!said.toString(StandardCharsets.UTF_8).contains(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after: " + said.toString(StandardCharsets.UTF_8));
            }
            said.write(next);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
