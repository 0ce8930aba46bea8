package io.millrace.intake;

import io.millrace.intake.core.FileFacts;
import io.millrace.runtime.submission.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which files are published and have to leave the inbox. A data set and its side file cannot be moved in one step;
 * without a journal a crash between the two would leave settings for the next file of that name.
 */
final class MoveJournal {
    private static final Logger LOG = LoggerFactory.getLogger(MoveJournal.class);
    private static final String PREFIX = ".millrace-move-";
    /** Two names as long as a folder or a store takes them, and what else is noted of them, stay far below. */
    static final int LONGEST = 64 << 10;
    /** In bytes, for any file system. */
    private static final int LONGEST_NAME = 255;
    /** So much of a run's id tells files of one name apart. */
    static final int SHORTEST_ID = 8;

    private final Path folder;

    MoveJournal(Path folder) {
        this.folder = folder;
    }

    /** Files of one run and where they go. */
    record Entry(Inbox.Exit exit, String runId, List<FileFacts> files) {
        Entry {
            if (!isId(runId)) {
                throw new IllegalArgumentException("'" + runId + "' is no id of a run");
            }
        }
    }

    /** Whether it can be the id of a run: a plain name, and not too short. */
    static boolean isId(String runId) {
        return runId.length() >= SHORTEST_ID && DatasetName.sanitise(runId).equals(runId);
    }

    Entry write(Inbox.Exit exit, String runId, List<FileFacts> files) throws IOException {
        List<String> lines = new ArrayList<>(List.of(exit.name(), runId));
        files.forEach(f -> lines.add(f.bytes() + " " + f.modifiedMillis() + " " + f.regular() + " "
                + URLEncoder.encode(f.name(), StandardCharsets.UTF_8)));
        Path temporary = folder.resolve(PREFIX + runId + ".tmp");
        Files.deleteIfExists(temporary);
        Files.write(temporary, lines, StandardOpenOption.CREATE_NEW);
        Files.move(temporary, file(runId), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Entry(exit, runId, files);
    }

    void close(Entry entry) throws IOException {
        Files.deleteIfExists(file(entry.runId()));
    }

    /** Entries that were written and not closed. Whoever can drop files can drop journals, so that they are not trusted. */
    List<Entry> open() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(PREFIX)
                        && !name.endsWith(".tmp")
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    parse(file).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    private Path file(String runId) {
        return folder.resolve(PREFIX + runId);
    }

    private Optional<Entry> parse(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] text = in.readNBytes(LONGEST + 1);
            Entry entry = parse(new String(text, StandardCharsets.UTF_8).lines().toList());
            if (text.length <= LONGEST && file(entry.runId()).equals(file)) {
                return Optional.of(entry);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | AccessDeniedException e) {
            LOG.debug("{} cannot be read", file.getFileName(), e);
        }
        LOG.warn("{} is no journal of intake and is left alone; remove it", file.getFileName());
        return Optional.empty();
    }

    private static Entry parse(List<String> lines) {
        List<FileFacts> files = lines.stream()
                .skip(2)
                .map(line -> line.split(" ", 4))
                .map(f -> new FileFacts(
                        plain(URLDecoder.decode(f[3], StandardCharsets.UTF_8)),
                        Long.parseLong(f[0]),
                        Long.parseLong(f[1]),
                        Boolean.parseBoolean(f[2])))
                .toList();
        return new Entry(Inbox.Exit.valueOf(lines.get(0)), lines.get(1), files);
    }

    /** The name of a file of the inbox itself: a path would lead out of it, and a folder takes no name of any length. */
    private static String plain(String name) {
        if (name.isEmpty()
                || name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.equals("..")
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("'" + name + "' is no name of a file");
        }
        return name;
    }
}
