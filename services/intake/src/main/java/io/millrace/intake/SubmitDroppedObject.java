package io.millrace.intake;

import io.millrace.events.DatasetSubmitted;
import io.millrace.intake.core.Refusal;
import io.millrace.intake.core.RefusedException;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.blob.StoredObject;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Submits one object of a bucket: claim, store, note, publish, move, in this order. A crash before the move repeats the rest with
 * the same ids when the claim has expired; a crash within the move is finished from its note.
 */
final class SubmitDroppedObject {
    private static final String WAY = "bucket";

    private final BucketInbox inbox;
    private final BucketClaims claims;
    private final BucketResults results;
    private final SubmitDataset submit;
    private final Announcer announcer;

    SubmitDroppedObject(
            BucketInbox inbox, BucketClaims claims, BucketResults results, SubmitDataset submit, Announcer announcer) {
        this.inbox = inbox;
        this.claims = claims;
        this.results = results;
        this.submit = submit;
        this.announcer = announcer;
    }

    /** A data set and its side file as they lie there, and what the latter says. */
    private record Drop(StoredObject data, Optional<StoredObject> side, boolean sideStays, DropSettings settings) {
        List<StoredObject> leaving() {
            return sideStays
                    ? List.of(data)
                    : Stream.concat(Stream.of(data), side.stream()).toList();
        }

        /** Without the bucket's name: a bucket that was restored elsewhere submits the same runs. */
        String identity() {
            return "bucket\n" + data.name() + '\n' + data.eTag() + '\n' + data.modifiedSeconds() + '\n'
                    + settings.text();
        }
    }

    /**
     * Deals with the object of a name.
     *
     * @param side name of its side file, if there is one
     * @param sideStays whether another data set needs the side file too
     * @return whether there is nothing left to do: it was dealt with, or another intake does, or it is gone
     */
    boolean submit(String name, Optional<String> side, boolean sideStays) throws IOException {
        Optional<StoredObject> data = inbox.find(name);
        if (data.isEmpty()) {
            return true;
        }
        Optional<String> claim = claims.take(data.get());
        if (claim.isEmpty()) {
            return true;
        }
        try {
            return claimed(data.get(), side.flatMap(inbox::find), sideStays);
        } finally {
            claims.release(claim.get());
        }
    }

    private boolean claimed(StoredObject data, Optional<StoredObject> side, boolean sideStays) throws IOException {
        DropSettings settings = DropSettings.NONE;
        if (side.isPresent()) {
            Optional<InputStream> opened = inbox.read(side.get());
            if (opened.isEmpty()) {
                return false;
            }
            try (InputStream in = opened.get()) {
                settings = DropSettings.read(side.get().name(), in);
            }
        }
        Drop drop = new Drop(data, side, sideStays, settings);
        try {
            if (!DatasetName.isData(data.name())) {
                throw new RefusedException(Refusal.unknownFormat(data.name()));
            }
            Optional<Envelope<DatasetSubmitted>> stored = stored(drop);
            if (stored.isEmpty()) {
                return false;
            }
            results.expect(stored.get().runId());
            announcer.submitted(WAY, stored.get());
            inbox.moveOut(Inbox.Exit.DONE, stored.get().runId(), drop.leaving());
        } catch (RefusedException e) {
            reject(drop, e.refusal());
        }
        return true;
    }

    /** Empty when the object was replaced before it could be read. */
    private Optional<Envelope<DatasetSubmitted>> stored(Drop drop) throws IOException, RefusedException {
        String name = drop.data().name();
        Submission submission = new Submission(
                DatasetName.ofFile(name), name, drop.identity(), drop.settings().parsed());
        Optional<InputStream> opened = inbox.read(drop.data());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = opened.get()) {
            return Optional.of(submit.store(submission, content));
        }
    }

    private void reject(Drop drop, Refusal refusal) {
        String run = announcer.rejected(WAY, DatasetName.ofFile(drop.data().name()), drop.identity(), refusal);
        inbox.explain(
                drop.data(), refusal.message() + System.lineSeparator() + refusal.remedy() + System.lineSeparator());
        inbox.moveOut(Inbox.Exit.REJECTED, run, drop.leaving());
    }
}
