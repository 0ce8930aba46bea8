package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.http.EventStreams.Tail;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Tail NOTHING_MORE = new Tail(List.of(), true);
    private static final Tail NOTHING_YET = new Tail(List.of(), false);

    private final Wakeups wakeups = new Wakeups();

    private void start(RoutingContext ctx, Tail first) {
        new EventStream(
                        ctx.vertx(),
                        ctx.response(),
                        wakeups,
                        "run",
                        0,
                        from -> Future.failedFuture("this test reads nothing"))
                .start(first, Duration.ofMinutes(1));
    }

    @Test
    void aStreamThatEndedWithItsRunIsForgottenThoughItsConnectionStaysOpen() throws Exception {
        try (LoopbackServer server = new LoopbackServer(ctx -> start(ctx, NOTHING_MORE));
                Socket socket = server.connect()) {
            LoopbackServer.ask(socket, "Host: localhost\r\n");
            LoopbackServer.read(socket, "\r\n0\r\n\r\n");

            assertThat(wakeups.isEmpty()).isTrue();
        }
    }

    @Test
    void aReaderThatLeavesIsForgotten() throws Exception {
        Promise<Void> left = Promise.promise();
        try (LoopbackServer server = new LoopbackServer(ctx -> {
            start(ctx, NOTHING_YET);
            ctx.request().connection().closeHandler(v -> ctx.vertx().runOnContext(left::complete));
        })) {
            try (Socket socket = server.connect()) {
                LoopbackServer.ask(socket, "Host: localhost\r\n");
                LoopbackServer.read(socket, "retry");
                assertThat(wakeups.isEmpty()).isFalse();
            }
            LoopbackServer.await(left.future());

            assertThat(wakeups.isEmpty()).isTrue();
        }
    }

    @Test
    void aReaderThatLeftDuringTheFirstQueryBeginsNoStream() throws Exception {
        Promise<Void> begun = Promise.promise();
        try (LoopbackServer server = new LoopbackServer(
                ctx -> ctx.response().closeHandler(v -> ctx.vertx().runOnContext(later -> {
                    start(ctx, NOTHING_YET);
                    begun.complete();
                })))) {
            try (Socket socket = server.connect()) {
                LoopbackServer.ask(socket, "Host: localhost\r\n");
            }
            LoopbackServer.await(begun.future());

            assertThat(wakeups.isEmpty()).isTrue();
        }
    }
}
