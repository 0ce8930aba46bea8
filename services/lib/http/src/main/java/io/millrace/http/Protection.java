package io.millrace.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.regex.Pattern;

/** Headers that keep a browser from being used against its user, and the refusal of what a foreign page sends. */
final class Protection {
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d*)?", Pattern.CASE_INSENSITIVE);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private Protection() {}

    static void apply(RoutingContext ctx) {
        HttpServerResponse response = ctx.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (!ctx.request().method().equals(HttpMethod.GET) && isForeign(ctx)) {
            throw new Problem(
                    403,
                    "Foreign origin",
                    "The request comes from a page of another origin.",
                    "Use the page of this service itself, or a client that is no browser.");
        }
        ctx.next();
    }

    /**
     * Refuses requests that are not addressed to this machine. Where nobody is asked who they are, a page whose name was
     * made to lead to loopback would read and upload as if it were the service's own: its browser still sends that name.
     */
    static void requireLoopback(RoutingContext ctx) {
        String host = ctx.request().getHeader("Host");
        if (host == null || !LOOPBACK.matcher(host).matches()) {
            throw new Problem(
                    403,
                    "Foreign host",
                    "The request is for the host '" + host
                            + "', and this service, which asks nobody who they are, answers"
                            + " for this machine only.",
                    "Use localhost or 127.0.0.1, or have callers asked: set its variable _TOKENS or those of _OIDC.");
        }
        ctx.next();
    }

    private static boolean isForeign(RoutingContext ctx) {
        String origin = ctx.request().getHeader("Origin");
        if (origin == null) {
            return false;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null || !authority.equals(ctx.request().getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
