package io.millrace.scorer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.http.EarlyRefusal;
import io.millrace.http.LimitedFile;
import io.millrace.http.Problem;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.scorer.PredictFile;
import io.millrace.scorer.PredictFile.Predicted;
import io.millrace.scorer.PublishedModels;
import io.millrace.scorer.ScorerMetrics;
import io.millrace.scorer.core.JsonRows;
import io.millrace.scorer.core.PredictionJson;
import io.millrace.scorer.core.Published;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Takes the rows of a request through a file, has them predicted and answers. As many requests as are allowed are under way at once,
 * from their first byte to their last; one more is told to come again.
 */
final class AnswerPredictions implements Handler<RoutingContext> {
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    private final HttpConfig config;
    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final PublishedModels models;
    private final PredictFile predict;
    private final ScorerMetrics metrics;
    private final Path scratch;
    private final Semaphore underWay;

    AnswerPredictions(
            HttpConfig config,
            Vertx vertx,
            WorkerExecutor workers,
            PublishedModels models,
            PredictFile predict,
            ScorerMetrics metrics,
            Path scratch) {
        this.config = config;
        this.vertx = vertx;
        this.workers = workers;
        this.models = models;
        this.predict = predict;
        this.metrics = metrics;
        this.scratch = scratch;
        this.underWay = new Semaphore(config.requests());
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Optional<Published> published = models.find(ctx.pathParam("name"));
        if (published.isEmpty()) {
            EarlyRefusal.answer(ctx, ScorerRoutes.noModel(ctx.pathParam("name")));
        } else if (declaredLength(request) > config.bodyLimit()) {
            EarlyRefusal.answer(ctx, tooLarge(config.bodyLimit()));
        } else if (!underWay.tryAcquire()) {
            metrics.turnedAway();
            EarlyRefusal.answer(ctx, busy());
        } else {
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                ctx.response().writeContinue();
            }
            answer(ctx, published.get());
        }
    }

    private void answer(RoutingContext ctx, Published published) {
        boolean json =
                header(ctx, HttpHeaders.CONTENT_TYPE).split(";", 2)[0].strip().equals(JSON);
        boolean csv = header(ctx, HttpHeaders.ACCEPT).startsWith(CSV);
        Path body = scratch.resolve("rows-" + UUID.randomUUID());
        Path lines = scratch.resolve(body.getFileName() + ".jsonl");
        LimitedFile.save(vertx, ctx.request(), body, config.bodyLimit(), AnswerPredictions::tooLarge)
                .compose(saved -> workers.executeBlocking(
                        () -> predictions(published, json ? lines(body, lines) : body, csv), false))
                .onSuccess(answer -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, csv ? CSV + "; charset=utf-8" : JSON)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(answer))
                .onFailure(failure -> EarlyRefusal.answer(ctx, failure))
                .eventually(() -> vertx.executeBlocking(() -> remove(body, lines), false))
                .onComplete(done -> underWay.release());
    }

    private static boolean remove(Path... files) throws IOException {
        boolean removed = false;
        for (Path file : files) {
            removed |= Files.deleteIfExists(file);
        }
        return removed;
    }

    private static Path lines(Path body, Path lines) throws IOException {
        try (InputStream in = Files.newInputStream(body);
                OutputStream out = Files.newOutputStream(lines)) {
            JsonRows.toLines(in, out);
        }
        return lines;
    }

    private Buffer predictions(Published published, Path rows, boolean csv) throws IOException {
        Predicted predicted = predict.predict(published, rows, PredictFile.Way.HTTP);
        if (!csv) {
            return Buffer.buffer(PredictionJson.of(published, predicted.profile(), predicted.values()));
        }
        StringBuilder text = new StringBuilder();
        PredictionCsv.write(text, predicted.profile(), predicted.values());
        return Buffer.buffer(text.toString().getBytes(UTF_8));
    }

    private static String header(RoutingContext ctx, CharSequence name) {
        return Optional.ofNullable(ctx.request().getHeader(name))
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "Too many bytes",
                "The rows take more than the " + limit + " bytes that this scorer takes.",
                "Send them in parts or compressed (.csv.gz, .parquet), store them and publish a prediction.requested that"
                        + " refers to them, or raise MILLRACE_SCORER_BODY_LIMIT.");
    }

    private static Problem busy() {
        return new Problem(
                503,
                "Too many requests under way",
                "As many requests for predictions as are allowed are under way.",
                "Try again in a few seconds, start more scorers, or raise MILLRACE_SCORER_REQUESTS.");
    }
}
