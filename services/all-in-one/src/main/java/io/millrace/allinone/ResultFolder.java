package io.millrace.allinone;

import io.millrace.events.ModelPublished;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What {@code millrace run --out} leaves behind; the event is written last, so that a folder with it is complete. */
final class ResultFolder {
    static final String MODEL = "model.zip";
    static final String LEADERBOARD = "leaderboard.csv";
    static final String PREDICTIONS = "predictions.csv";
    static final String EVENTS = "events.jsonl";
    static final String EVENT = "model.published.json";

    private final Path folder;

    ResultFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder and removes what an earlier run left, before the run begins, so that a wrong path costs no training,
     * and after everything else that may keep it from beginning, which would cost the earlier results.
     */
    void prepare() {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "millrace-", ".part"));
            Files.deleteIfExists(folder.resolve(EVENT));
            Files.deleteIfExists(folder.resolve(EVENTS));
            // A run without a holdout writes none, and those of an earlier run are of another model.
            Files.deleteIfExists(folder.resolve(PREDICTIONS));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes the run's events, one JSON document per line, also of a run that failed. */
    void record(List<RecordedEvent> events) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(EVENTS))) {
            for (RecordedEvent event : events) {
                out.write(Json.write(event));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The events that an earlier run wrote; throws an IllegalArgumentException when there are none. */
    Path events() {
        return present(EVENTS);
    }

    /** Copies everything that the event refers to. */
    void write(ModelPublished model, BlobStore blobs) {
        blobs.download(model.model(), folder.resolve(MODEL));
        blobs.download(model.leaderboardFile(), folder.resolve(LEADERBOARD));
        model.holdoutPredictions().ifPresent(p -> blobs.download(p, folder.resolve(PREDICTIONS)));
        try {
            Path partial = folder.resolve(EVENT + ".part");
            Files.write(partial, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(model));
            Files.move(
                    partial,
                    folder.resolve(EVENT),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The model of a folder that an earlier run wrote; throws an IllegalArgumentException when there is none. */
    Path model() {
        return present(MODEL);
    }

    private Path present(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " holds no " + name + "; name a folder that millrace run --out wrote");
        }
        return file;
    }

    /** What was published; throws an IllegalArgumentException when it is not there or cannot be read. */
    ModelPublished event() {
        Path event = folder.resolve(EVENT);
        try {
            return Json.read(Files.readAllBytes(event), ModelPublished.class);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    folder + " holds no " + EVENT + ", which says what the model must be; name a folder that millrace"
                            + " run --out wrote",
                    e);
        } catch (DecodingException e) {
            throw new IllegalArgumentException(event + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + event + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
