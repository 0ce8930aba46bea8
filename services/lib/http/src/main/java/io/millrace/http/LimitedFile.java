package io.millrace.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.Pipe;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** Writes to a file until a limit; the buffer that passes it fails. */
public final class LimitedFile implements WriteStream<Buffer> {
    private final AsyncFile file;
    private final long limit;
    private final LongFunction<Problem> tooLarge;
    private long written;

    private LimitedFile(AsyncFile file, long limit, LongFunction<Problem> tooLarge) {
        this.file = file;
        this.limit = limit;
        this.tooLarge = tooLarge;
    }

    /**
     * Saves a body in a new file. The future ends when the file is closed; a file that failed is left to the caller to remove.
     *
     * @param limit most bytes
     * @param tooLarge what to say of more than the limit
     */
    public static Future<Void> save(
            Vertx vertx, ReadStream<Buffer> content, Path file, long limit, LongFunction<Problem> tooLarge) {
        // A pipe from now on: it hears of a connection that ends while the file is being opened.
        Pipe<Buffer> pipe = content.pipe();
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                .compose(open -> pipe.endOnFailure(false)
                        .to(new LimitedFile(open, limit, tooLarge))
                        .recover(failure -> open.close().transform(closed -> Future.<Void>failedFuture(failure))));
    }

    @Override
    public Future<Void> write(Buffer data) {
        written += data.length();
        return written > limit ? Future.failedFuture(tooLarge.apply(limit)) : file.write(data);
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
