package io.millrace.intake;

import io.millrace.events.DatasetSubmitted;
import io.millrace.intake.core.Drop;
import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.Refusal;
import io.millrace.intake.core.RefusedException;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.Optional;

/**
 * Submits one file of the inbox: store, publish, move, in this order. A crash before the move repeats the first two with
 * the same ids; a crash within the move is finished by the journal.
 */
final class SubmitDroppedFile {
    private static final String WAY = "inbox";

    private final Inbox inbox;
    private final SubmitDataset submit;
    private final Announcer announcer;

    SubmitDroppedFile(Inbox inbox, SubmitDataset submit, Announcer announcer) {
        this.inbox = inbox;
        this.submit = submit;
        this.announcer = announcer;
    }

    /** Whether the drop was dealt with; otherwise it changed meanwhile and has to settle again. */
    boolean submit(Drop drop) throws IOException {
        DropSettings settings = DropSettings.NONE;
        try {
            requirePlain(drop);
            settings = drop.side().isPresent() ? settings(drop.side().get()) : settings;
            Envelope<DatasetSubmitted> envelope = store(drop, settings);
            for (FileFacts file : drop.files()) {
                if (!inbox.unchanged(file)) {
                    return false;
                }
            }
            announcer.submitted(WAY, envelope);
            inbox.moveOut(Inbox.Exit.DONE, envelope.runId(), drop.leaving());
        } catch (RefusedException e) {
            reject(drop, settings, e.refusal());
        }
        return true;
    }

    private void reject(Drop drop, DropSettings settings, Refusal refusal) throws IOException {
        String name = DatasetName.ofFile(drop.data().name());
        String run = announcer.rejected(WAY, name, drop.identity(settings.text()), refusal);
        inbox.explain(
                drop.data(), refusal.message() + System.lineSeparator() + refusal.remedy() + System.lineSeparator());
        inbox.moveOut(Inbox.Exit.REJECTED, run, drop.leaving());
    }

    private Envelope<DatasetSubmitted> store(Drop drop, DropSettings settings) throws IOException, RefusedException {
        String file = drop.data().name();
        Submission submission =
                new Submission(DatasetName.ofFile(file), file, drop.identity(settings.text()), settings.parsed());
        try (InputStream content = open(drop.data())) {
            return submit.store(submission, content);
        }
    }

    private DropSettings settings(FileFacts side) throws IOException, RefusedException {
        try (InputStream in = open(side)) {
            return DropSettings.read(side.name(), in);
        }
    }

    /** Refuses what this user may not read. That other files and folders are denied is no fault of the drop. */
    private InputStream open(FileFacts file) throws IOException, RefusedException {
        try {
            return inbox.read(file);
        } catch (AccessDeniedException e) {
            throw new RefusedException(
                    "unreadable-file",
                    "'" + file.name() + "' cannot be read: permission denied.",
                    "Give the user that runs intake the right to read it and drop it again.");
        }
    }

    private static void requirePlain(Drop drop) throws RefusedException {
        Optional<FileFacts> link =
                drop.files().stream().filter(f -> !f.regular()).findFirst();
        if (link.isPresent()) {
            throw new RefusedException(
                    "not-a-file",
                    "'" + link.get().name() + "' is a link or a device, not a file.",
                    "Copy the file itself into the inbox; links are not followed.");
        }
        if (!DatasetName.isData(drop.data().name())) {
            throw new RefusedException(Refusal.unknownFormat(drop.data().name()));
        }
    }
}
