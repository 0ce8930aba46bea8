package io.millrace.intake;

import io.millrace.intake.core.FileFacts;
import io.millrace.runtime.OneLine;
import io.millrace.runtime.submission.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inbox folder with its {@code done} and {@code rejected}. Links are never followed, nothing is overwritten. */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    /** In bytes; file systems take 255, and what is set apart or explained needs some of them. */
    private static final int LONGEST_NAME = 200;

    /** Where a file goes when it is dealt with. */
    enum Exit {
        DONE,
        REJECTED;

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path folder;
    private final MoveJournal journal;
    /** Entries whose names are no text, of which was told. */
    private final Set<Path> nameless = new HashSet<>();

    private Inbox(Path folder) {
        this.folder = folder;
        this.journal = new MoveJournal(folder);
    }

    /** Opens the folder, creating what is missing, and finishes the moves that a crash interrupted. */
    static Inbox open(Path path) throws IOException {
        Path folder = Files.createDirectories(path).toRealPath();
        Inbox inbox = new Inbox(folder);
        for (Exit exit : Exit.values()) {
            inbox.place(exit);
        }
        for (MoveJournal.Entry entry : inbox.journal.open()) {
            inbox.carryOut(entry);
        }
        return inbox;
    }

    /** Folder of an exit, made where it is missing. Whoever drops files may also have put a link there since the last look. */
    private Path place(Exit exit) throws IOException {
        Path target = folder.resolve(exit.folder());
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(target);
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(target + " is no folder; remove it, it is made anew");
        }
        return target;
    }

    List<FileFacts> list() throws IOException {
        List<FileFacts> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> all = entries.toList();
            nameless.retainAll(all);
            for (Path entry : all) {
                if (isNamed(entry)) {
                    facts(entry.getFileName().toString()).ifPresent(files::add);
                } else if (nameless.add(entry)) {
                    LOG.warn(
                            "{} has a name that is no text in the character set of this system and is left alone;"
                                    + " rename it",
                            OneLine.of(entry.toString()));
                }
            }
        }
        return files;
    }

    /** Whether the name leads back to the file: bytes that are no text do not, and some cannot be asked for at all. */
    private boolean isNamed(Path entry) {
        try {
            return folder.resolve(entry.getFileName().toString()).equals(entry);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Opens a file; a link in its place is not followed. */
    InputStream read(FileFacts file) throws IOException {
        return Files.newInputStream(folder.resolve(file.name()), LinkOption.NOFOLLOW_LINKS);
    }

    boolean unchanged(FileFacts file) throws IOException {
        return facts(file.name()).filter(file::equals).isPresent();
    }

    /** Moves files out. The journal makes it all or nothing: what a crash leaves undone, the next start does. */
    void moveOut(Exit exit, String runId, List<FileFacts> files) throws IOException {
        carryOut(journal.write(exit, runId, files));
    }

    /** Puts a reason beside the place where a rejected file goes. */
    void explain(FileFacts file, String reason) throws IOException {
        Path explanation = place(Exit.REJECTED).resolve(shelved(file.name()) + ".reason.txt");
        Files.deleteIfExists(explanation);
        Files.writeString(explanation, reason, StandardOpenOption.CREATE_NEW);
    }

    /** The name, or a short one where nothing could be added to it. */
    static String shelved(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME ? DatasetName.safeFile(name) : name;
    }

    /** The name with the beginning of a run id in it, for a folder where the name is taken. */
    static String apart(String name, String runId) {
        String shelved = shelved(name);
        String stem = DatasetName.stem(shelved);
        return stem + "-" + runId.substring(0, MoveJournal.SHORTEST_ID) + shelved.substring(stem.length());
    }

    private void carryOut(MoveJournal.Entry entry) throws IOException {
        for (FileFacts file : entry.files()) {
            // A file that changed since is a new drop under the old name: it stays.
            if (unchanged(file)) {
                move(file.name(), place(entry.exit()), entry.runId());
            }
        }
        journal.close(entry);
    }

    private void move(String name, Path target, String runId) throws IOException {
        try {
            Files.move(folder.resolve(name), target.resolve(name));
        } catch (FileAlreadyExistsException e) {
            Files.move(folder.resolve(name), target.resolve(apart(name, runId)), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // Another intake on the same folder took the same drop; its run is this run.
        }
    }

    private Optional<FileFacts> facts(String name) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory()
                    ? Optional.empty()
                    : Optional.of(new FileFacts(
                            name,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis(),
                            attributes.isRegularFile()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
