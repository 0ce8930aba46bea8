package io.millrace.gateway.http;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.transaction.exceptions.TransactionException;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.submission.InvalidSettingsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every failure with a problem document (RFC 9457). */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Takes over the failures of a router. */
    static void answerFor(Router router) {
        router.errorHandler(400, ctx -> answer(ctx, of(ctx.failure(), Problems::badRequest)));
        router.errorHandler(404, ctx -> answer(ctx, of(ctx.failure(), () -> noRoute(ctx))));
        router.errorHandler(405, ctx -> {
            ctx.response()
                    .putHeader(
                            HttpHeaders.ALLOW, Endpoint.methodsOf(ctx.request().path()));
            answer(ctx, wrongMethod(ctx));
        });
        router.errorHandler(500, ctx -> answer(ctx, of(ctx.failure(), () -> ours(ctx))));
    }

    /** Answers with one problem, unless an answer is under way: then the connection is cut so that nobody takes half for whole. */
    static void answer(RoutingContext ctx, Problem problem) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            ctx.request().connection().close();
            return;
        }
        if (problem.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(Json.write(problem.body(ctx.request().path()))));
    }

    private static Problem of(Throwable failure, Supplier<Problem> otherwise) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof InvalidSettingsException e) {
            return new Problem(
                    400, "Settings cannot be used", e.getMessage(), "Correct the settings and upload the file again.");
        }
        if (isAway(failure)) {
            LOG.warn("a store is away: {}", failure.getMessage());
            return new Problem(
                    503,
                    "Not ready",
                    "The database, the object store or the broker does not answer.",
                    "Try again in a few seconds; if it stays so, look at /ready of the management port.");
        }
        return otherwise.get();
    }

    private static boolean isAway(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .limit(10)
                .anyMatch(t -> t instanceof SQLTransientConnectionException
                        || t instanceof SQLNonTransientConnectionException
                        || t instanceof ConnectionException
                        || t instanceof TransactionException
                        || (t instanceof EventHandlingException e
                                && e.kind() == EventHandlingException.Kind.RETRYABLE));
    }

    private static Problem badRequest() {
        return new Problem(
                400, "Bad request", "The request cannot be read.", "See /openapi.yaml for what this path takes.");
    }

    private static Problem noRoute(RoutingContext ctx) {
        return new Problem(
                404,
                "No such path",
                "There is nothing at " + ctx.request().path() + ".",
                "See /openapi.yaml for the paths that exist.");
    }

    private static Problem wrongMethod(RoutingContext ctx) {
        return new Problem(
                405,
                "Method not allowed",
                ctx.request().path() + " does not take " + ctx.request().method() + ".",
                "See /openapi.yaml for the methods of each path.");
    }

    private static Problem ours(RoutingContext ctx) {
        LOG.error("{} {} failed", ctx.request().method(), ctx.request().path(), ctx.failure());
        return new Problem(
                500,
                "Internal error",
                "Something went wrong in the gateway.",
                "Try again; if it stays so, report it with the gateway's log of this time.");
    }
}
