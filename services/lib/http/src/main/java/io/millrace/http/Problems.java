package io.millrace.http;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.codec.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Answers every failure with a problem document (RFC 9457). */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int DEEPEST_CAUSE = 10;

    private Problems() {}

    /**
     * Takes over the failures of a router.
     *
     * @param methodsOf the methods that a path takes, as the header Allow lists them
     * @param own what the service has to say of a failure of its own; called for what is no {@link Problem}
     */
    public static void answerFor(
            Router router, UnaryOperator<String> methodsOf, Function<Throwable, Optional<Problem>> own) {
        router.errorHandler(400, ctx -> answer(ctx, of(ctx.failure(), own, Problems::badRequest)));
        router.errorHandler(404, ctx -> answer(ctx, of(ctx.failure(), own, () -> noRoute(ctx))));
        router.errorHandler(405, ctx -> {
            ctx.response()
                    .putHeader(HttpHeaders.ALLOW, methodsOf.apply(ctx.request().path()));
            answer(ctx, wrongMethod(ctx));
        });
        router.errorHandler(500, ctx -> answer(ctx, of(ctx.failure(), own, () -> ours(ctx))));
    }

    /** Answers with one problem, unless an answer is under way: then the connection is cut so that nobody takes half for whole. */
    private static void answer(RoutingContext ctx, Problem problem) {
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

    private static Problem of(
            Throwable failure, Function<Throwable, Optional<Problem>> own, Supplier<Problem> otherwise) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        return Optional.ofNullable(failure).flatMap(own).orElseGet(() -> {
            if (isAway(failure)) {
                LOG.warn("a back end is away: {}", failure.getMessage());
                return away();
            }
            return otherwise.get();
        });
    }

    private static boolean isAway(Throwable failure) {
        return anyCause(
                failure,
                t -> t instanceof EventHandlingException e && e.kind() == EventHandlingException.Kind.RETRYABLE);
    }

    /** Whether a failure or a cause of it is of some kind. */
    public static boolean anyCause(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .anyMatch(kind);
    }

    /** What the service stands on does not answer. */
    public static Problem away() {
        return new Problem(
                503,
                "Not ready",
                "The database, the object store or the broker does not answer.",
                "Try again in a few seconds; if it stays so, look at /ready of the management port.");
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

    /** Who left in the middle is why the rest failed, and hears of it no more: nothing of ours to mend. */
    private static Problem ours(RoutingContext ctx) {
        boolean left = ctx.response().closed();
        LOG.atLevel(left ? Level.DEBUG : Level.ERROR)
                .setCause(ctx.failure())
                .log("{} {} failed", ctx.request().method(), ctx.request().path());
        return new Problem(
                500,
                "Internal error",
                "Something went wrong in the service.",
                "Try again; if it stays so, report it with the service's log of this time.");
    }
}
