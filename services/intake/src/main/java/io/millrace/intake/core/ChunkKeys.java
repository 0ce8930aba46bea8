package io.millrace.intake.core;

import io.millrace.runtime.RawRecord;
import io.millrace.runtime.submission.DatasetName;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the pieces of one upload lie, and which of them belong to an end. A piece is known by offset and time, which a
 * redelivery keeps, and a new topic of the same name changes.
 *
 * <p>Pieces of one upload share a key, and so a partition: their order is that of their offsets.
 */
public final class ChunkKeys {
    private final String folder;
    private final Position position;

    private record Position(long offset, long millis) {
        static Position of(String key) {
            String[] parts = key.substring(key.lastIndexOf('/') + 1).split("-", 2);
            return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        /** Offsets are padded so that keys sort as numbers do. */
        String text() {
            return String.format("%019d-%d", offset, millis);
        }
    }

    private ChunkKeys(String folder, Position position) {
        this.folder = folder;
        this.position = position;
    }

    public static ChunkKeys of(DroppedRecord dropped, RawRecord raw) {
        // The hash tells keys apart that have the same name once they are made safe.
        String hash = HexFormat.of().toHexDigits(Arrays.hashCode(raw.key()));
        String upload = dropped.upload().map(DatasetName::sanitise).orElse("default");
        return new ChunkKeys(
                ALL + dropped.name() + "-" + hash + "/" + upload + "/p" + raw.partition() + "/",
                new Position(raw.offset(), raw.time().toEpochMilli()));
    }

    /** Prefix of everything that came in pieces. */
    public static final String ALL = "incoming/";

    private static final Pattern OURS = Pattern.compile(ALL + ".+/(pieces|closed)/\\d{19}--?\\d{1,18}");

    /** Whether a piece or the marker of an end came before a moment. What else somebody put under the prefix is none of it. */
    public static boolean cameBefore(String key, Instant moment) {
        return OURS.matcher(key).matches() && Position.of(key).millis() < moment.toEpochMilli();
    }

    /** Prefix of all pieces. */
    public String pieceFolder() {
        return folder + "pieces/";
    }

    /** Key of the piece that this record is. */
    public String piece() {
        return pieceFolder() + position.text();
    }

    /** Prefix of the markers of ends that were dealt with. */
    public String closedFolder() {
        return folder + "closed/";
    }

    /** Key that tells that this end was dealt with. */
    public String closed() {
        return closedFolder() + position.text();
    }

    /** Of all pieces those that come before this end and that no earlier end has closed, in their order. */
    public List<String> piecesBefore(List<String> pieces, List<String> closed) {
        List<Position> ends = closed.stream().map(Position::of).toList();
        return allBefore(pieces).stream()
                .filter(key -> ends.stream().noneMatch(end -> closes(end, Position.of(key))))
                .toList();
    }

    /** Of all pieces those that come before this end, in their order. */
    public List<String> allBefore(List<String> pieces) {
        return pieces.stream()
                .filter(key -> Position.of(key).offset() < position.offset())
                .sorted()
                .toList();
    }

    /** A slow instance may store a piece once more after its end was dealt with; it must not slip into the next file. */
    private static boolean closes(Position end, Position piece) {
        return piece.offset() < end.offset() && piece.millis() <= end.millis();
    }
}
