package io.millrace.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;

/** Writes to a file until a limit; the buffer that passes it fails with a {@link Problem} of status 413. */
final class LimitedFile implements WriteStream<Buffer> {
    private final AsyncFile file;
    private final long limit;
    private long written;

    LimitedFile(AsyncFile file, long limit) {
        this.file = file;
        this.limit = limit;
    }

    @Override
    public Future<Void> write(Buffer data) {
        written += data.length();
        return written > limit ? Future.failedFuture(Problem.tooLarge(limit)) : file.write(data);
    }

    @Override
    public Future<Void> end() {
        return file.end();
    }

    @Override
    public boolean writeQueueFull() {
        // A refused upload goes on flowing for a moment; its file is closed by then.
        return written <= limit && file.writeQueueFull();
    }

    @Override
    public LimitedFile setWriteQueueMaxSize(int maxSize) {
        file.setWriteQueueMaxSize(maxSize);
        return this;
    }

    @Override
    public LimitedFile drainHandler(Handler<Void> handler) {
        file.drainHandler(handler);
        return this;
    }

    @Override
    public LimitedFile exceptionHandler(Handler<Throwable> handler) {
        file.exceptionHandler(handler);
        return this;
    }
}
