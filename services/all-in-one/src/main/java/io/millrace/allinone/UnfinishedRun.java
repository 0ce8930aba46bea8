package io.millrace.allinone;

import io.millrace.events.RunSettings;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A run of {@code millrace run} that has not ended, noted in its data directory before it is submitted. Submitting it
 * again with the same identity is the same run, so a start after a crash simply repeats the submission.
 *
 * @param identity what makes two submissions the same run
 * @param file absolute path of the file
 * @param settings what the user asked for
 */
record UnfinishedRun(String identity, String file, RunSettings settings) {
    private static final String NOTE = "unfinished-run.json";

    /** The run noted in the data directory when it is of this file and these settings, otherwise a new one, noted now. */
    static UnfinishedRun of(Path file, RunSettings settings, DataDirectory data) {
        String path = file.toAbsolutePath().normalize().toString();
        return noted(data)
                .filter(run -> run.file.equals(path) && run.settings.equals(settings))
                .orElseGet(() -> note(new UnfinishedRun(UUID.randomUUID().toString(), path, settings), data));
    }

    /** The run that an earlier process left unfinished, if any. */
    static Optional<UnfinishedRun> noted(DataDirectory data) {
        Path note = data.root().resolve(NOTE);
        try {
            return Files.exists(note)
                    ? Optional.of(Json.read(Files.readAllBytes(note), UnfinishedRun.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + note, e);
        }
    }

    private static UnfinishedRun note(UnfinishedRun run, DataDirectory data) {
        Path note = data.root().resolve(NOTE);
        Path partial = data.root().resolve(NOTE + ".part");
        try {
            Files.write(partial, Json.write(run));
            Files.move(partial, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + note, e);
        }
        return run;
    }

    /** Its end was reported: the next start begins something new. */
    void ended(DataDirectory data) {
        try {
            Files.deleteIfExists(data.root().resolve(NOTE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + NOTE, e);
        }
    }
}
