package io.millrace.intake;

import io.millrace.events.BlobRef;
import io.millrace.intake.core.ChunkKeys;
import io.millrace.intake.core.DroppedRecord;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.RawRecord;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** The pieces of files that are still coming, as blobs: a crash loses nothing, and a piece that comes twice is stored once. */
final class Chunks {
    private final BlobStore blobs;

    Chunks(BlobStore blobs) {
        this.blobs = blobs;
    }

    BlobRef keep(DroppedRecord dropped, RawRecord raw) {
        return blobs.put(ChunkKeys.of(dropped, raw).piece(), raw.value());
    }

    /** Whether this end was dealt with before: then its pieces are gone, or about to go. */
    boolean closed(DroppedRecord end, RawRecord raw) {
        String marker = ChunkKeys.of(end, raw).closed();
        return blobs.list(marker).contains(marker);
    }

    /** Forgets pieces that no end has closed, and the markers of ends, that came before a moment. */
    void forget(Instant moment) {
        blobs.list(ChunkKeys.ALL).stream()
                .filter(key -> ChunkKeys.cameBefore(key, moment))
                .forEach(blobs::delete);
    }

    /** Keys of the pieces that an end closes, in their order. */
    List<String> pieces(DroppedRecord end, RawRecord raw) {
        ChunkKeys keys = ChunkKeys.of(end, raw);
        return keys.piecesBefore(blobs.list(keys.pieceFolder()), blobs.list(keys.closedFolder()));
    }

    /** The pieces as one stream that reads one piece at a time. */
    InputStream open(List<String> pieces) {
        return new PieceStream(pieces.stream().map(this::read).iterator());
    }

    private byte[] read(String key) {
        return blobs.find(key)
                .orElseThrow(() -> new EventHandlingException(
                        Kind.RETRYABLE,
                        "the piece " + key + " is away; another intake may have closed the file",
                        null));
    }

    /** Forgets the pieces that an end has closed. The marker comes first: from then on the end is never assembled again. */
    void close(DroppedRecord end, RawRecord raw) {
        ChunkKeys keys = ChunkKeys.of(end, raw);
        blobs.putIfAbsent(keys.closed(), new byte[0]);
        keys.allBefore(blobs.list(keys.pieceFolder())).forEach(blobs::delete);
    }
}
