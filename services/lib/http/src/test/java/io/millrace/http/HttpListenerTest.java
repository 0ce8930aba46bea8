package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration WORK = IDLE.multipliedBy(3);

    private static final String UPLOAD = "POST /work HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n";

    private HttpListener server;

    @BeforeEach
    void start() {
        server = HttpListener.start("MILLRACE_TEST", "127.0.0.1", 0, AccessConfig.OPEN, this::routes, IDLE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void routes(Router router, Access access, Vertx vertx) {
        router.post("/work").handler(ctx -> ctx.request()
                .endHandler(
                        v -> vertx.setTimer(WORK.toMillis(), t -> ctx.response().end("done")))
                .resume());
        router.get("/pieces").handler(ctx -> {
            HttpServerResponse response = ctx.response().setChunked(true);
            response.write("first, ");
            vertx.setTimer(WORK.toMillis(), t -> response.end("last"));
        });
        Problems.answerFor(router, path -> "GET, POST", failure -> Optional.empty());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that the server says until it closes the connection. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whoWaitsForAnAnswerIsNotIdle() throws IOException {
        try (Socket socket = connect()) {
            say(socket, UPLOAD + "\r\nrows");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").endsWith("done");
        }
    }

    @Test
    void norIsWhoWaitsForTheRestOfOne() throws IOException {
        try (Socket socket = connect()) {
            say(socket, "GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(answer(socket)).contains("first, ", "last");
        }
    }

    @Test
    void whoSaysNothingIsCutOff() throws IOException {
        try (Socket socket = connect()) {
            assertThat(answer(socket)).isEmpty();
        }
    }

    @Test
    void soIsWhoLeavesOffAmidHeadersOrBody() throws IOException {
        try (Socket headers = connect();
                Socket body = connect()) {
            say(headers, UPLOAD);
            say(body, UPLOAD + "\r\nro");
            assertThat(answer(headers)).isEmpty();
            assertThat(answer(body)).isEmpty();
        }
    }
}
