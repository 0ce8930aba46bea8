package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProblemsTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Logger log = (Logger) LoggerFactory.getLogger(Problems.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Promise<Void> failed = Promise.promise();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void aClientThatLeavesInTheMiddleIsNoErrorOfOurs() throws Exception {
        try (HttpListener server =
                HttpListener.start("MILLRACE_TEST", "127.0.0.1", 0, AccessConfig.OPEN, (router, access, vertx) -> {
                    router.post("/").handler(this::failWithTheBody);
                    Problems.answerFor(router, path -> "POST", failure -> Optional.empty());
                })) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream()
                        .write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nro"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            failed.future().toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private void failWithTheBody(RoutingContext ctx) {
        // Told in another turn of the event loop, as by all who close a file first.
        ctx.request().exceptionHandler(e -> ctx.vertx().runOnContext(v -> {
            EarlyRefusal.answer(ctx, e);
            failed.complete();
        }));
        ctx.response().writeContinue();
    }
}
