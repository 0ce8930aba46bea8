package io.millrace.intake;

import io.millrace.events.BlobRef;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.RunSettings;
import io.millrace.intake.core.BlobReference;
import io.millrace.intake.core.DroppedRecord;
import io.millrace.intake.core.RefusedException;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.RawRecord;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.submission.InvalidSettingsException;
import io.millrace.runtime.submission.RunSettingsParser;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Takes one record of {@code millrace.dataset.dropped}; taking it again leads to the same ids. */
final class TakeDroppedRecord implements RawRecordSource.Handler {
    private static final String WAY = "topic";

    private final BlobStore blobs;
    private final Chunks chunks;
    private final SubmitDataset submit;
    private final Announcer announcer;

    TakeDroppedRecord(BlobStore blobs, SubmitDataset submit, Announcer announcer) {
        this.blobs = blobs;
        this.chunks = new Chunks(blobs);
        this.submit = submit;
        this.announcer = announcer;
    }

    @Override
    public void on(RawRecord raw) throws IOException {
        try {
            DroppedRecord dropped = DroppedRecord.of(raw);
            switch (dropped.form()) {
                case BYTES -> bytes(dropped, raw);
                case REFERENCE -> reference(dropped, raw);
                case CHUNK -> chunks.keep(dropped, raw);
                case END -> end(dropped, raw);
            }
        } catch (RefusedException e) {
            announcer.rejected(WAY, DroppedRecord.nameOf(raw), DroppedRecord.identity(raw), e.refusal());
        }
    }

    private void bytes(DroppedRecord dropped, RawRecord raw) throws RefusedException, IOException {
        if (raw.value().length == 0) {
            throw new RefusedException("empty-file", "The record has no value.", "Put the bytes of the file into it.");
        }
        publish(submit.store(
                submission(dropped, raw, dropped.fileNameOr(dropped.name() + ".csv")),
                new ByteArrayInputStream(raw.value())));
    }

    private void reference(DroppedRecord dropped, RawRecord raw) throws RefusedException {
        BlobReference reference = BlobReference.parse(raw.value());
        Submission submission = submission(dropped, raw, dropped.fileNameOr(reference.fileName()));
        publish(submit.stored(submission, resolve(reference)));
    }

    /** Reads the blob only when its digest or size is not given; every later reader verifies both. */
    private BlobRef resolve(BlobReference reference) throws RefusedException {
        try {
            if (!blobs.list(reference.key()).contains(reference.key())) {
                throw new RefusedException(
                        "no-such-blob",
                        "The object store has nothing under '" + reference.key() + "'.",
                        "Put the file there before the reference is sent; keys are relative to MILLRACE_BLOBS.");
            }
            if (reference.sha256().isPresent() && reference.bytes().isPresent()) {
                return new BlobRef(
                        "blob:" + reference.key(),
                        reference.sha256().get(),
                        reference.bytes().get());
            }
            // Losing this race against what is there tells digest and size without holding the blob in memory.
            BlobRef stored = blobs.putIfAbsent(reference.key(), new byte[0]).stored();
            if (reference.sha256().isPresent() && !reference.sha256().get().equals(stored.sha256())) {
                throw new RefusedException(
                        "other-content",
                        "The blob has sha256 " + stored.sha256() + ", the reference says "
                                + reference.sha256().get() + ".",
                        "Send the digest of what lies in the store.");
            }
            return stored;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "bad-reference",
                    "The reference names no blob: " + e.getMessage() + ".",
                    "Send a key of the store.");
        }
    }

    private void end(DroppedRecord dropped, RawRecord raw) throws RefusedException, IOException {
        if (!chunks.closed(dropped, raw)) {
            try {
                assemble(dropped, raw);
            } catch (RefusedException e) {
                announcer.rejected(WAY, dropped.name(), DroppedRecord.identity(raw), e.refusal());
            }
        }
        chunks.close(dropped, raw);
    }

    private void assemble(DroppedRecord dropped, RawRecord raw) throws RefusedException, IOException {
        List<String> pieces = chunks.pieces(dropped, raw);
        int expected = dropped.expectedPieces(pieces.size());
        if (pieces.size() != expected || raw.value().length > 0) {
            throw new RefusedException(
                    "incomplete-file",
                    "The end came after " + pieces.size() + " chunks instead of " + expected
                            + (raw.value().length > 0 ? " and has a value itself." : "."),
                    "Send every chunk with the same key (and the same upload header) before an end without a value.");
        }
        Submission submission = submission(dropped, raw, dropped.fileNameOr(dropped.name() + ".csv"));
        try (InputStream content = chunks.open(pieces)) {
            publish(submit.store(submission, content));
        }
    }

    private static Submission submission(DroppedRecord dropped, RawRecord raw, String fileName)
            throws RefusedException {
        try {
            RunSettings settings = RunSettingsParser.parse(dropped.settings());
            return new Submission(dropped.name(), fileName, DroppedRecord.identity(raw), settings);
        } catch (InvalidSettingsException e) {
            throw new RefusedException(
                    "bad-settings",
                    "The headers cannot be used: " + e.getMessage() + ".",
                    "Correct the headers and send the record again.");
        }
    }

    private void publish(Envelope<DatasetSubmitted> envelope) {
        announcer.submitted(WAY, envelope);
    }
}
