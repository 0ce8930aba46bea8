package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
