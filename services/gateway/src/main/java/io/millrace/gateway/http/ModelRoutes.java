package io.millrace.gateway.http;

import io.millrace.events.BlobRef;
import io.millrace.events.ModelPublished;
import io.millrace.gateway.store.Readings;
import io.millrace.gateway.view.ModelSummary;
import io.millrace.gateway.view.ModelView;
import io.millrace.http.Problem;
import io.millrace.runtime.BlobStore;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/** Answers what is asked about models and sends their archives. */
final class ModelRoutes {
    private final Readings readings;
    private final BlobStore blobs;
    private final Path scratch;
    private final Blocking blocking;

    ModelRoutes(Readings readings, BlobStore blobs, Path scratch, Blocking blocking) {
        this.readings = readings;
        this.blobs = blobs;
        this.scratch = scratch;
        this.blocking = blocking;
    }

    void list(RoutingContext ctx) {
        Query query = Query.of(ctx, Set.of("limit", "cursor"));
        int limit = query.limit();
        String after = query.text("cursor").orElse("");
        blocking.answer(ctx, () -> readings.models(after, limit));
    }

    void model(RoutingContext ctx) {
        String name = name(ctx);
        blocking.answer(ctx, () -> {
            ModelPublished model = find(name);
            return new ModelView(ModelSummary.of(model), model);
        });
    }

    /** The archive passes through a file, so that it is verified as a whole before its first byte is sent. */
    void archive(RoutingContext ctx) {
        String name = name(ctx);
        blocking.query(() -> find(name).model()).onFailure(ctx::fail).onSuccess(ref -> {
            if (isKnown(ctx, ref)) {
                ctx.response()
                        .putHeader(HttpHeaders.ETAG, etag(ref))
                        .setStatusCode(304)
                        .end();
            } else {
                send(ctx, name, ref);
            }
        });
    }

    private void send(RoutingContext ctx, String name, BlobRef ref) {
        Path file = scratch.resolve("archive-" + UUID.randomUUID());
        blocking.transfer(() -> {
                    Files.createDirectories(scratch);
                    blobs.download(ref, file);
                    return file;
                })
                .compose(complete -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                        .putHeader("Content-Disposition", "attachment; filename=\"" + name + ".millrace\"")
                        .putHeader(HttpHeaders.ETAG, etag(ref))
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .sendFile(complete.toString()))
                .onFailure(ctx::fail)
                .eventually(() -> blocking.transfer(() -> Files.deleteIfExists(file)));
    }

    private ModelPublished find(String name) {
        return readings.model(name).orElseThrow(() -> Problem.noSuch("model", name, "GET /models lists the models."));
    }

    private static String name(RoutingContext ctx) {
        Query.of(ctx, Set.of());
        return ctx.pathParam("name");
    }

    private static boolean isKnown(RoutingContext ctx, BlobRef ref) {
        String known = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag(ref)));
    }

    private static String etag(BlobRef ref) {
        return '"' + ref.sha256() + '"';
    }
}
