package io.millrace.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the class path, read once and served from memory; no path of a request ever becomes a path of a file. */
public final class Pages {
    private Pages() {}

    /** A handler that serves the resource. */
    public static Handler<RoutingContext> serve(String resource, String contentType) {
        Buffer content = Buffer.buffer(load(resource));
        return ctx -> ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .end(content);
    }

    private static byte[] load(String resource) {
        try (InputStream in = Pages.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing from the jar; build it anew");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
