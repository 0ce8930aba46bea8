package io.millrace.gateway.http;

import io.millrace.gateway.core.RunStatus;
import io.millrace.gateway.store.Cursor;
import io.millrace.gateway.store.Readings;
import io.millrace.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** Answers what is asked about runs. */
final class RunRoutes {
    private static final String REMEDY = "GET /runs lists the runs.";

    private final Readings readings;
    private final Blocking blocking;

    RunRoutes(Readings readings, Blocking blocking) {
        this.readings = readings;
        this.blocking = blocking;
    }

    void list(RoutingContext ctx) {
        Query query = Query.of(ctx, Set.of("limit", "cursor", "status"));
        Cursor cursor = query.cursor();
        Optional<RunStatus> status = query.status();
        int limit = query.limit();
        blocking.answer(ctx, () -> readings.runs(cursor, status, limit));
    }

    void run(RoutingContext ctx) {
        String id = id(ctx);
        blocking.answer(ctx, () -> readings.run(id).orElseThrow(() -> noRun(id)));
    }

    void leaderboard(RoutingContext ctx) {
        String id = id(ctx);
        blocking.answer(ctx, () -> readings.leaderboard(id).orElseThrow(() -> noRun(id)));
    }

    void trial(RoutingContext ctx) {
        String id = id(ctx);
        String trial = ctx.pathParam("trial");
        blocking.answer(ctx, () -> readings.trial(id, trial)
                .orElseThrow(() -> Problem.noSuch(
                        "trial", id + "/" + trial, "GET /runs/{id}/leaderboard lists the trials of a run.")));
    }

    void rangeTests(RoutingContext ctx) {
        String id = id(ctx);
        blocking.answer(ctx, () -> readings.rangeTests(id).orElseThrow(() -> noRun(id)));
    }

    void explanation(RoutingContext ctx) {
        String id = id(ctx);
        blocking.answer(ctx, () -> readings.explanation(id).orElseThrow(() -> noRun(id)));
    }

    static Problem noRun(String id) {
        return Problem.noSuch("run", id, REMEDY);
    }

    private static String id(RoutingContext ctx) {
        Query.of(ctx, Set.of());
        return ctx.pathParam("id");
    }
}
