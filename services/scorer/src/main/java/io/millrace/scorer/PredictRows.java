package io.millrace.scorer;

import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.PredictionFailed;
import io.millrace.events.PredictionMade;
import io.millrace.events.PredictionRequested;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.modelling.source.MissingColumnsException;
import io.millrace.modelling.source.UnreadableSourceException;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.blob.ContentNamed;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import io.millrace.scorer.PredictFile.Predicted;
import io.millrace.scorer.core.Published;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers a request for predictions: what cannot be predicted for its own fault is told, what is ours to mend is given up. */
final class PredictRows implements EventHandler<PredictionRequested> {
    private final Platform platform;
    private final PublishedModels models;
    private final PredictFile predict;
    private final long fileLimit;

    PredictRows(Platform platform, PublishedModels models, PredictFile predict, long fileLimit) {
        this.platform = platform;
        this.models = models;
        this.predict = predict;
        this.fileLimit = fileLimit;
    }

    @Override
    public List<Emission> handle(Envelope<PredictionRequested> input, Work work) throws IOException {
        return List.of(new Emission(input.subject(), answer(input)));
    }

    private Event answer(Envelope<PredictionRequested> input) throws IOException {
        PredictionRequested request = input.event();
        if (request.rows().isPresent() == request.inline().isPresent()) {
            return unusable(request, "A request has either rows, a reference, or inline, a text.");
        }
        Optional<Published> published = models.findNow(request.model());
        if (published.isEmpty()) {
            return unusable(
                    request,
                    "There is no model '" + request.model() + "'; millrace.model.published tells which there are.");
        }
        try (WorkFolder folder = WorkFolder.below(platform.scratch())) {
            Path rows = folder.path().resolve("rows");
            Optional<String> fault = fetch(request, rows);
            if (fault.isPresent()) {
                return unusable(request, fault.get());
            }
            return made(
                    input,
                    published.get(),
                    predict.predict(published.get(), rows, PredictFile.Way.EVENT),
                    folder.path());
        } catch (MissingColumnsException e) {
            return unusable(request, e.getMessage());
        } catch (UnreadableSourceException e) {
            return unusable(request, e.getMessage() + ". " + e.remedy());
        } catch (RefusedModelException e) {
            throw new EventHandlingException(Kind.POISON, e.getMessage(), e);
        }
    }

    /** Brings the rows here, or says why they cannot be had; an outage of the store is thrown. */
    private Optional<String> fetch(PredictionRequested request, Path rows) throws IOException {
        if (request.inline().isPresent()) {
            Files.writeString(rows, request.inline().get());
            return Optional.empty();
        }
        BlobRef ref = request.rows().orElseThrow();
        if (ref.bytes() > fileLimit) {
            return Optional.of("The file of rows has " + ref.bytes() + " bytes, more than the " + fileLimit
                    + " that a scorer takes. Send it in parts, or raise MILLRACE_SCORER_FILE_LIMIT.");
        }
        try {
            platform.blobs().download(ref, rows);
            return Optional.empty();
        } catch (EventHandlingException e) {
            if (e.kind() == Kind.POISON) {
                return Optional.of(e.getMessage());
            }
            throw e;
        }
    }

    private Event made(Envelope<PredictionRequested> input, Published published, Predicted predicted, Path folder)
            throws IOException {
        Path csv = folder.resolve("predictions.csv");
        try (Writer writer = Files.newBufferedWriter(csv)) {
            PredictionCsv.write(writer, predicted.profile(), predicted.values());
        }
        BlobRef stored = new ContentNamed(platform.blobs())
                .put(OldPredictions.prefix(platform.clock().instant(), input.id()), csv, ".csv");
        PredictionMade small = new PredictionMade(
                published.model().name(),
                published.model().run(),
                published.model().model().sha256(),
                predicted.values().rows(),
                stored,
                Optional.empty());
        if (input.event().inline().isEmpty() || stored.bytes() > CloudEvents.VALUE_LIMIT) {
            return small;
        }
        PredictionMade whole = new PredictionMade(
                small.model(),
                small.run(),
                small.modelSha256(),
                small.rows(),
                stored,
                Optional.of(Files.readString(csv)));
        return Json.write(whole).length > CloudEvents.VALUE_LIMIT ? small : whole;
    }

    private static PredictionFailed unusable(PredictionRequested request, String why) {
        return new PredictionFailed(request.model(), FailureKind.INVALID_INPUT, why);
    }

    /** What is told of a request that is given up. */
    static List<Emission> givenUp(Envelope<PredictionRequested> input, Exception failure) {
        boolean ofOperators = failure.getCause() instanceof RefusedModelException
                || (failure instanceof EventHandlingException e && e.kind() == Kind.RETRYABLE);
        return List.of(new Emission(
                input.subject(),
                new PredictionFailed(
                        input.event().model(),
                        ofOperators ? FailureKind.RESOURCE : FailureKind.BUG,
                        "no predictions could be made: " + failure.getMessage())));
    }
}
