package io.millrace.gateway.http;

import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.store.Cursor;
import io.millrace.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Query parameters of lists; whatever cannot be used is a {@link Problem} with status 400. */
final class Query {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;

    private final RoutingContext ctx;

    private Query(RoutingContext ctx) {
        this.ctx = ctx;
    }

    /** The query of a request that takes these parameters and no others. */
    static Query of(RoutingContext ctx, Set<String> known) {
        for (String name : ctx.queryParams().names()) {
            if (!known.contains(name)) {
                throw new Problem(
                        400,
                        "Bad request",
                        "'" + name + "' is no parameter of this path.",
                        known.isEmpty()
                                ? "Leave it out."
                                : "The parameters are "
                                        + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
        return new Query(ctx);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(ctx.queryParams().get(name)).filter(v -> !v.isEmpty());
    }

    int limit() {
        String given = text("limit").orElse(Integer.toString(DEFAULT_LIMIT));
        try {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw Problem.badQuery("limit", given, "a whole number from 1 to " + MOST);
        }
        throw Problem.badQuery("limit", given, "a whole number from 1 to " + MOST);
    }

    Cursor cursor() {
        return text("cursor")
                .map(given -> {
                    try {
                        return Cursor.parse(given);
                    } catch (IllegalArgumentException e) {
                        throw Problem.badQuery("cursor", given, "the 'next' of an earlier page");
                    }
                })
                .orElse(Cursor.START);
    }

    Optional<RunStatus> status() {
        return text("status").map(given -> Arrays.stream(RunStatus.values())
                .filter(s -> s.wireName().equals(given))
                .findFirst()
                .orElseThrow(() -> Problem.badQuery(
                        "status",
                        given,
                        Arrays.stream(RunStatus.values())
                                .map(RunStatus::wireName)
                                .collect(Collectors.joining(", ", "one of ", "")))));
    }
}
