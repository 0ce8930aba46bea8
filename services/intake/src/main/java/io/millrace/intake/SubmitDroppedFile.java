package io.millrace.intake;

import io.millrace.events.DatasetSubmitted;
import io.millrace.events.RunSettings;
import io.millrace.intake.core.Drop;
import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.Refusal;
import io.millrace.intake.core.RefusedException;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.InvalidSettingsException;
import io.millrace.runtime.submission.RunSettingsParser;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;

/**
 * Submits one file of the inbox: store, publish, move, in this order. A crash before the move repeats the first two with
 * the same ids; a crash within the move is finished by the journal.
 */
final class SubmitDroppedFile {
    private static final String WAY = "inbox";
    private static final int MOST_SETTINGS = 64 * 1024 + 1;

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
        byte[] settingsFile = new byte[0];
        try {
            requirePlain(drop);
            settingsFile = drop.side().isPresent() ? settings(drop.side().get()) : settingsFile;
            Envelope<DatasetSubmitted> envelope = store(drop, settingsFile);
            for (FileFacts file : drop.files()) {
                if (!inbox.unchanged(file)) {
                    return false;
                }
            }
            announcer.submitted(WAY, envelope);
            inbox.moveOut(Inbox.Exit.DONE, envelope.runId(), drop.files());
        } catch (RefusedException e) {
            reject(drop, settingsFile, e.refusal());
        } catch (AccessDeniedException e) {
            Refusal refusal = new Refusal(
                    "unreadable-file",
                    "The file or its side file cannot be read: permission denied.",
                    "Give the user that runs intake the right to read it and drop it again.");
            reject(drop, settingsFile, refusal);
        }
        return true;
    }

    private void reject(Drop drop, byte[] settingsFile, Refusal refusal) throws IOException {
        String name = DatasetName.ofFile(drop.data().name());
        String run =
                announcer.rejected(WAY, name, drop.identity(new String(settingsFile, StandardCharsets.UTF_8)), refusal);
        inbox.explain(
                drop.data(), refusal.message() + System.lineSeparator() + refusal.remedy() + System.lineSeparator());
        inbox.moveOut(Inbox.Exit.REJECTED, run, drop.files());
    }

    private Envelope<DatasetSubmitted> store(Drop drop, byte[] settingsFile) throws IOException, RefusedException {
        RunSettings settings;
        try {
            settings = drop.side().isPresent()
                    ? RunSettingsParser.parseJson(settingsFile)
                    : RunSettingsParser.parse(Map.of());
        } catch (InvalidSettingsException e) {
            throw new RefusedException(
                    "bad-settings",
                    "The side file " + drop.side().map(FileFacts::name).orElse("") + " cannot be used: "
                            + e.getMessage() + ".",
                    "Correct the side file and drop both files again.");
        }
        String file = drop.data().name();
        Submission submission = new Submission(
                DatasetName.ofFile(file),
                file,
                drop.identity(new String(settingsFile, StandardCharsets.UTF_8)),
                settings);
        try (InputStream content = inbox.read(drop.data())) {
            return submit.store(submission, content);
        }
    }

    private byte[] settings(FileFacts side) throws IOException {
        try (InputStream in = inbox.read(side)) {
            return in.readNBytes(MOST_SETTINGS);
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
