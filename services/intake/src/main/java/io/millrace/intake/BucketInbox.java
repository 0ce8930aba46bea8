package io.millrace.intake;

import io.millrace.intake.core.FileFacts;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.blob.StoredObject;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.submission.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A bucket as an inbox, with {@code done/} and {@code rejected/}. An object is whole when it is there: stores show an upload,
 * in one part or many, only when it has ended.
 */
final class BucketInbox {
    private static final String MOVES = ".millrace/moves/";
    private static final int LONGEST_NAME = 200;
    private static final long MILLIS = 1000;
    /** The most that one copy within a store moves. */
    private static final long MOST_BYTES = 5L << 30;

    private final S3Bucket bucket;

    BucketInbox(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** What is to leave the inbox, noted before anything is touched: what a crash leaves undone, the next look does. */
    private record Move(Inbox.Exit exit, String runId, List<StoredObject> objects) {}

    /** What lies in the inbox, after moves that were interrupted have been finished. */
    List<FileFacts> list() throws IOException {
        for (StoredObject note : bucket.list(MOVES)) {
            Optional<InputStream> content = bucket.read(note);
            if (content.isPresent()) {
                try (InputStream in = content.get()) {
                    carryOut(Json.read(in.readAllBytes(), Move.class), note.name());
                }
            }
        }
        List<StoredObject> all = bucket.list("");
        all.stream().filter(o -> o.bytes() > MOST_BYTES).forEach(this::explainSize);
        return all.stream()
                .filter(o -> o.bytes() <= MOST_BYTES)
                .map(o -> new FileFacts(o.name(), o.bytes(), o.modifiedSeconds() * MILLIS, true))
                .toList();
    }

    Optional<StoredObject> find(String name) {
        return bucket.find(name);
    }

    /** Opens an object; empty when it is gone or was replaced. */
    Optional<InputStream> read(StoredObject object) {
        return bucket.read(object);
    }

    /** Moves objects out, together or not at all. */
    void moveOut(Inbox.Exit exit, String runId, List<StoredObject> objects) {
        Move move = new Move(exit, runId, objects);
        String note = MOVES + runId;
        bucket.put(note, Json.write(move));
        carryOut(move, note);
    }

    /** Puts a reason beside the place where a rejected object goes. */
    void explain(StoredObject object, String reason) {
        bucket.put(reasonFor(object), reason.getBytes(StandardCharsets.UTF_8));
    }

    private void explainSize(StoredObject object) {
        bucket.putIfAbsent(
                reasonFor(object),
                ("The object has " + object.bytes() + " bytes; those above " + MOST_BYTES
                                + " cannot be moved within a store."
                                + System.lineSeparator()
                                + "Put it under MILLRACE_BLOBS and send a reference to the topic instead."
                                + System.lineSeparator())
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String reasonFor(StoredObject object) {
        return Inbox.Exit.REJECTED.folder() + "/" + shelved(object.name()) + ".reason.txt";
    }

    private void carryOut(Move move, String note) {
        for (StoredObject object : move.objects()) {
            if (isStill(object) && copied(object, move)) {
                // One that came in under this name since then is a new drop and stays. The moment between this look and
                // the
                // deletion cannot be closed: few stores know conditional deletions.
                if (isStill(object)) {
                    bucket.delete(object.name());
                }
            }
        }
        bucket.delete(note);
    }

    private boolean isStill(StoredObject object) {
        return bucket.find(object.name()).filter(object::equals).isPresent();
    }

    private boolean copied(StoredObject object, Move move) {
        String name = shelved(object.name());
        String target = move.exit().folder() + "/" + name;
        Optional<StoredObject> there = bucket.find(target);
        if (there.isPresent() && !there.get().eTag().equals(object.eTag())) {
            String stem = DatasetName.stem(name);
            target = move.exit().folder() + "/" + stem + "-" + move.runId().substring(0, 8)
                    + name.substring(stem.length());
        }
        return bucket.copy(object, target);
    }

    private static String shelved(String name) {
        return name.length() > LONGEST_NAME ? DatasetName.safeFile(name) : name;
    }
}
