package io.millrace.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks callers who they are. A token comes as {@code Authorization: Bearer}; browsers, which cannot send that for a page
 * or a stream of events, send it as the password of {@code Basic} under any user name.
 */
public final class Access {
    private static final List<String> CHALLENGES =
            List.of("Basic realm=\"millrace\", charset=\"UTF-8\"", "Bearer realm=\"millrace\"");
    private static final int LONGEST_TOKEN = 8192;

    private final boolean open;
    private final Optional<Tokens> tokens;
    private final Optional<WebTokens> webTokens;

    private Access(boolean open, Optional<Tokens> tokens, Optional<WebTokens> webTokens) {
        this.open = open;
        this.tokens = tokens;
        this.webTokens = webTokens;
    }

    static Access of(AccessConfig config, Vertx vertx) {
        return new Access(
                config.isOpen(),
                config.tokens().map(Tokens::read),
                config.oidc().map(oidc -> WebTokens.of(vertx, oidc)));
    }

    /** A handler that lets a caller of the role pass. */
    public Handler<RoutingContext> requiring(Role role) {
        return ctx -> require(role, ctx);
    }

    /** Lets a caller of the role pass; the request waits meanwhile, and none of its body is read. */
    private void require(Role role, RoutingContext ctx) {
        if (open) {
            ctx.next();
            return;
        }
        Optional<String> token = token(ctx.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (token.isEmpty()) {
            refuse(ctx, unknown("The request has no token."));
            return;
        }
        ctx.request().pause();
        rolesOf(token.get())
                .onSuccess(roles -> {
                    ctx.request().resume();
                    if (role.isGrantedBy(roles)) {
                        ctx.next();
                    } else {
                        refuse(ctx, roles.isEmpty() ? unknown("The token is not valid here.") : forbidden(role));
                    }
                })
                .onFailure(ctx::fail);
    }

    private Future<Set<Role>> rolesOf(String token) {
        Set<Role> known = EnumSet.noneOf(Role.class);
        tokens.ifPresent(t -> known.addAll(t.rolesOf(token)));
        return known.isEmpty() && webTokens.isPresent()
                ? webTokens.get().rolesOf(token)
                : Future.succeededFuture(known);
    }

    private static void refuse(RoutingContext ctx, Problem problem) {
        if (problem.status() == 401) {
            ctx.response().putHeader("WWW-Authenticate", CHALLENGES);
        }
        if (ctx.request().method().equals(HttpMethod.GET)) {
            ctx.fail(problem);
        } else {
            EarlyRefusal.answer(ctx, problem);
        }
    }

    private static Optional<String> token(String authorization) {
        if (authorization == null || authorization.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        String[] parts = authorization.strip().split(" +", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        if (parts[0].equalsIgnoreCase("Bearer")) {
            return Optional.of(parts[1]);
        }
        return parts[0].equalsIgnoreCase("Basic") ? password(parts[1]) : Optional.empty();
    }

    private static Optional<String> password(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Problem unknown(String detail) {
        return new Problem(
                401,
                "Not authenticated",
                detail,
                "Send 'Authorization: Bearer TOKEN' with a token of this service; in a browser it is the password.");
    }

    private static Problem forbidden(Role role) {
        return new Problem(
                403,
                "Not allowed",
                "The token does not have the role " + role.wireName() + ".",
                "Use a token that has it, or ask whoever runs the service for the role.");
    }
}
