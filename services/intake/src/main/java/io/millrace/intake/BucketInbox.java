package io.millrace.intake;

import io.millrace.intake.core.FileFacts;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.blob.StoredObject;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket as an inbox, with {@code done/} and {@code rejected/}. An object is whole when it is there: stores show an upload,
 * in one part or many, only when it has ended.
 */
final class BucketInbox {
    private static final Logger LOG = LoggerFactory.getLogger(BucketInbox.class);
    private static final String MOVES = ".millrace/moves/";
    private static final long MILLIS = 1000;
    /** The most that one copy within a store moves. */
    private static final long MOST_BYTES = 5L << 30;

    private final S3Bucket bucket;
    private final Set<StoredObject> foreign = new HashSet<>();

    BucketInbox(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** What is to leave the inbox, noted before anything is touched: what a crash leaves undone, the next look does. */
    private record Move(Inbox.Exit exit, String runId, List<StoredObject> objects) {
        Move {
            if (!MoveJournal.isId(runId)
                    || objects.stream().anyMatch(object -> object.name().contains("/"))) {
                throw new IllegalArgumentException("no run moves these objects out of the inbox");
            }
        }
    }

    /** What lies in the inbox, after moves that were interrupted have been finished. */
    List<FileFacts> list() throws IOException {
        List<StoredObject> notes = bucket.list(MOVES);
        foreign.retainAll(notes);
        for (StoredObject note : notes) {
            noted(note).ifPresent(move -> carryOut(move, note.name()));
        }
        List<StoredObject> all = bucket.list("");
        all.stream().filter(o -> o.bytes() > MOST_BYTES).forEach(this::explainSize);
        return all.stream()
                .filter(o -> o.bytes() <= MOST_BYTES)
                .map(o -> new FileFacts(o.name(), o.bytes(), o.modifiedSeconds() * MILLIS, true))
                .toList();
    }

    /** What a note says; empty where it is gone or none. Whoever can put objects can put notes, so that they are not trusted. */
    private Optional<Move> noted(StoredObject note) throws IOException {
        if (note.bytes() > MoveJournal.LONGEST) {
            return noNote(note);
        }
        Optional<InputStream> content = bucket.read(note);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            return Optional.of(Json.read(in.readAllBytes(), Move.class));
        } catch (DecodingException e) {
            return noNote(note);
        }
    }

    private Optional<Move> noNote(StoredObject object) {
        if (foreign.add(object)) {
            LOG.warn("{} is no note of intake and is left alone; remove it", object.name());
        }
        return Optional.empty();
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
        return Inbox.Exit.REJECTED.folder() + "/" + Inbox.shelved(object.name()) + ".reason.txt";
    }

    private void carryOut(Move move, String note) {
        for (StoredObject object : move.objects()) {
            if (isStill(object) && copied(object, move)) {
                // One that came in under this name since then is a new drop and stays. The moment between this look
                // and the deletion cannot be closed: few stores know conditional deletions.
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
        String target = move.exit().folder() + "/" + Inbox.shelved(object.name());
        Optional<StoredObject> there = bucket.find(target);
        if (there.isPresent() && !there.get().eTag().equals(object.eTag())) {
            target = move.exit().folder() + "/" + Inbox.apart(object.name(), move.runId());
        }
        return bucket.copy(object, target);
    }
}
