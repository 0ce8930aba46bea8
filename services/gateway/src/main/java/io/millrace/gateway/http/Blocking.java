package io.millrace.gateway.http;

import io.millrace.runtime.codec.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Worker threads for whatever blocks. Transfers of large files have threads of their own, so that no query waits for one. */
final class Blocking {
    private static final int QUERIES = 8;
    private static final int TRANSFERS = 4;

    private final WorkerExecutor queries;
    private final WorkerExecutor transfers;

    Blocking(Vertx vertx) {
        queries = vertx.createSharedWorkerExecutor("gateway-query", QUERIES, 1, TimeUnit.MINUTES);
        transfers = vertx.createSharedWorkerExecutor("gateway-transfer", TRANSFERS, 1, TimeUnit.HOURS);
    }

    /** Runs a short query; the future completes on the caller's context. */
    <T> Future<T> query(Callable<T> work) {
        return queries.executeBlocking(work, false);
    }

    /** Runs what takes as long as a large file takes. */
    <T> Future<T> transfer(Callable<T> work) {
        return transfers.executeBlocking(work, false);
    }

    /** Answers a request with the JSON of what a query gives, or with a problem where it throws. */
    void answer(RoutingContext ctx, Callable<?> work) {
        query(() -> Buffer.buffer(Json.write(work.call())))
                .onSuccess(json -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(json))
                .onFailure(ctx::fail);
    }
}
