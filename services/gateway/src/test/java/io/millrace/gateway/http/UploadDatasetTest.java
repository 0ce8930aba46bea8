package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UploadDatasetTest {
    @TempDir
    Path folder;

    @Test
    void aConnectionThatEndsWhileTheFileIsBeingOpenedEndsTheUpload() {
        Vertx vertx = Vertx.vertx();
        try {
            UploadDataset uploads = new UploadDataset(vertx, null, null, null, null, folder, 100);
            Connection connection = new Connection();
            Future<Void> saved = uploads.save(connection, folder.resolve("upload"));
            connection.end(new IllegalStateException("reset"));

            assertThatThrownBy(() ->
                            saved.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .hasRootCauseMessage("reset");
        } finally {
            LoopbackServer.await(vertx.close());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=cut", "multipart/form-data"})
    void aBodyThatIsNoFormOrTooMuchTextIsTheRequestsFault(String type) throws Exception {
        String field = "--cut\r\nContent-Disposition: form-data; name=\"target\"\r\n\r\n" + "x".repeat(20_000);
        try (LoopbackServer server = new LoopbackServer(this::upload);
                Socket socket = server.connect()) {
            say(socket, head(type, field.length()) + field);

            assertThat(said(socket)).startsWith("HTTP/1.1 400 ").contains("curl -F file=@churn.csv");
        }
    }

    @Test
    void aSecondFileIsRefusedThoughTheFirstIsSavedBeforeItComes() throws Exception {
        String file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\n1,2\n\r\n--cut";
        String first = "--cut\r\n" + file + "\r\n";
        String second = file + "--\r\n";
        try (LoopbackServer server = new LoopbackServer(this::upload);
                Socket socket = server.connect()) {
            say(socket, head("multipart/form-data; boundary=cut", first.length() + second.length()) + first);
            while (folder.toFile().listFiles(saved -> saved.length() > 0).length == 0) {
                Thread.onSpinWait();
            }
            String saved = folder.toFile().listFiles()[0].toString();
            assertThat(LoopbackServer.await(server.vertx.fileSystem().readFile(saved)))
                    .hasToString("a,b\n1,2\n");
            say(socket, second);

            assertThat(said(socket)).startsWith("HTTP/1.1 400 ").contains("Too many files");
        }
    }

    private void upload(RoutingContext ctx) {
        Vertx vertx = ctx.vertx();
        new UploadDataset(vertx, new Blocking(vertx), null, null, null, folder, 1 << 20).upload(ctx);
    }

    private static String head(String type, int length) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String said(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A body of which nothing ever comes. */
    private static final class Connection implements ReadStream<Buffer> {
        private Handler<Throwable> failed = failure -> {};

        /** Like a request, which tells its failure once, to whoever listens then. */
        void end(Throwable failure) {
            failed.handle(failure);
        }

        @Override
        public Connection exceptionHandler(Handler<Throwable> handler) {
            failed = handler == null ? failure -> {} : handler;
            return this;
        }

        @Override
        public Connection handler(Handler<Buffer> handler) {
            return this;
        }

        @Override
        public Connection pause() {
            return this;
        }

        @Override
        public Connection resume() {
            return this;
        }

        @Override
        public Connection fetch(long amount) {
            return this;
        }

        @Override
        public Connection endHandler(Handler<Void> endHandler) {
            return this;
        }
    }
}
