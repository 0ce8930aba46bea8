package io.millrace.gateway.http;

import io.millrace.events.DatasetSubmitted;
import io.millrace.gateway.store.Projections;
import io.millrace.gateway.view.Submitted;
import io.millrace.http.EarlyRefusal;
import io.millrace.http.LimitedFile;
import io.millrace.http.Problem;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an upload through a file into the object store and begins its run. The file is there because settings may come
 * after the bytes and because a broken upload must leave nothing in the store; memory holds a few buffers only.
 */
final class UploadDataset {
    private static final Logger LOG = LoggerFactory.getLogger(UploadDataset.class);
    private static final String AS_A_PART = "Send the data set as a part with a file name: curl -F file=@churn.csv.";

    private final Vertx vertx;
    private final Blocking blocking;
    private final SubmitDataset submit;
    private final EventBus bus;
    private final Projections projections;
    private final Path scratch;
    private final long limit;

    UploadDataset(
            Vertx vertx,
            Blocking blocking,
            SubmitDataset submit,
            EventBus bus,
            Projections projections,
            Path scratch,
            long limit) {
        this.vertx = vertx;
        this.blocking = blocking;
        this.submit = submit;
        this.bus = bus;
        this.projections = projections;
        this.scratch = scratch;
        this.limit = limit;
    }

    void upload(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        UploadForm form = new UploadForm(request.headers(), ctx.queryParams());
        boolean multipart = isMultipart(request);
        if (!multipart) {
            // Settings that cannot be used are told before gigabytes are sent for nothing.
            form.submission();
        }
        if (declaredLength(request) > limit) {
            EarlyRefusal.answer(ctx, tooLarge(limit));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            ctx.response().writeContinue();
        }
        Path file = scratch.resolve("upload-" + UUID.randomUUID());
        Future<Void> received = multipart ? multipart(request, form, file) : save(request, file);
        received.compose(v -> blocking.transfer(() -> begin(form.submission(), file)))
                .onSuccess(begun -> accepted(ctx, begun))
                .onFailure(failure -> EarlyRefusal.answer(ctx, failure))
                .eventually(() -> blocking.transfer(() -> Files.deleteIfExists(file)));
    }

    private Future<Void> multipart(HttpServerRequest request, UploadForm form, Path file) {
        Promise<Void> received = Promise.promise();
        List<Future<Void>> saving = new ArrayList<>();
        request.setExpectMultipart(true);
        request.exceptionHandler(
                failure -> received.tryFail(failure instanceof DecoderException ? noForm(failure) : failure));
        request.uploadHandler(part -> {
            if (!saving.isEmpty()) {
                part.resume();
                received.tryFail(new Problem(
                        400, "Too many files", "The form has more than one file.", "Send one file per request."));
                return;
            }
            form.fileName(part.filename() == null ? "" : part.filename());
            saving.add(save(part, file).onFailure(received::tryFail));
        });
        request.endHandler(v -> {
            form.add(request.formAttributes());
            if (saving.isEmpty()) {
                received.tryFail(new Problem(400, "No file", "The form has no file.", AS_A_PART));
            } else {
                received.tryComplete();
            }
        });
        // Whatever failed: who removes the file comes after who makes it.
        return received.future().compose(v -> saving.get(0)).eventually(() -> Future.join(saving));
    }

    private static Problem noForm(Throwable failure) {
        return new Problem(
                400,
                "Form cannot be read",
                "The body is no form, or a text of it is too long: " + failure.getMessage() + ".",
                AS_A_PART);
    }

    Future<Void> save(ReadStream<Buffer> content, Path file) {
        return LimitedFile.save(vertx, content, file, limit, UploadDataset::tooLarge);
    }

    private static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "Upload too large",
                "The upload is larger than the " + limit + " bytes that this gateway takes.",
                "Compress the file (.csv.gz, .parquet), drop it into the bucket instead, or raise"
                        + " MILLRACE_GATEWAY_UPLOAD_LIMIT.");
    }

    private Submitted begin(Submission submission, Path file) throws Exception {
        Envelope<DatasetSubmitted> envelope = submit.store(submission, file);
        bus.publish(List.of(envelope));
        try {
            projections.accept(envelope.runId(), submission.name(), envelope.time());
        } catch (RuntimeException e) {
            // The run goes on all the same; its row comes with the first event that is taken.
            LOG.warn("run {} begins, but could not be noted yet", envelope.runId(), e);
        }
        return new Submitted(envelope.runId(), submission.name());
    }

    private static void accepted(RoutingContext ctx, Submitted begun) {
        ctx.response()
                .setStatusCode(202)
                .putHeader(HttpHeaders.LOCATION, "/runs/" + begun.run())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.write(begun)));
    }

    private static boolean isMultipart(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }
}
