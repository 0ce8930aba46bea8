package io.millrace.scorer.http;

import io.millrace.http.Access;
import io.millrace.http.HttpListener;
import io.millrace.http.Pages;
import io.millrace.http.Problem;
import io.millrace.http.Problems;
import io.millrace.http.Role;
import io.millrace.runtime.codec.Json;
import io.millrace.scorer.PredictFile;
import io.millrace.scorer.PublishedModels;
import io.millrace.scorer.ScorerMetrics;
import io.millrace.scorer.core.Published;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The scorer's HTTP side: which route is answered by what. */
public final class ScorerRoutes {
    private static final String PREDICTIONS = "/predictions";

    private final HttpConfig config;
    private final int slots;
    private final PublishedModels models;
    private final PredictFile predict;
    private final ScorerMetrics metrics;
    private final Path scratch;

    /** @param slots requests that are predicted at once */
    public ScorerRoutes(
            HttpConfig config,
            int slots,
            PublishedModels models,
            PredictFile predict,
            ScorerMetrics metrics,
            Path scratch) {
        this.config = config;
        this.slots = slots;
        this.models = models;
        this.predict = predict;
        this.metrics = metrics;
        this.scratch = scratch;
    }

    /**
     * Listens when it returns; throws what {@link HttpListener#start} throws.
     *
     * @param variables how the variables of the scorer begin
     */
    public HttpListener start(String variables) {
        return HttpListener.start(variables, config.host(), config.port(), config.access(), this::addTo);
    }

    private void addTo(Router router, Access access, Vertx vertx) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("scorer-predict", slots, 10, TimeUnit.MINUTES);
        Handler<RoutingContext> reader = access.requiring(Role.READ);
        router.get("/models").handler(reader).handler(this::list);
        router.get("/models/:name").handler(reader).handler(ctx -> describe(ctx, workers));
        router.post("/models/:name" + PREDICTIONS)
                .handler(reader)
                .handler(new AnswerPredictions(config, vertx, workers, models, predict, metrics, scratch));
        router.get("/openapi.yaml").handler(Pages.serve("/io/millrace/scorer/openapi.yaml", "application/yaml"));
        Problems.answerFor(router, path -> path.endsWith(PREDICTIONS) ? "POST" : "GET", Failures::problemOf);
    }

    private void list(RoutingContext ctx) {
        answer(ctx, new ModelView.All(models.all().stream().map(ModelView::of).toList()));
    }

    private void describe(RoutingContext ctx, WorkerExecutor workers) {
        String name = ctx.pathParam("name");
        Published published = models.find(name).orElseThrow(() -> noModel(name));
        workers.executeBlocking(() -> ModelView.of(published, Optional.of(predict.profile(published))), false)
                .onSuccess(view -> answer(ctx, view))
                .onFailure(ctx::fail);
    }

    static Problem noModel(String name) {
        return Problem.noSuch("model", name, "GET /models lists the models.");
    }

    private static void answer(RoutingContext ctx, Object value) {
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(Json.write(value)));
    }
}
