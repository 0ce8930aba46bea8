package io.millrace.runtime.blob;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Blobs as files of a folder that all services share. A blob is written beside its place, synced, and then moved there,
 * so that a reader sees all of it or nothing; the conditional put is a hard link, which exactly one writer can make. Folders
 * go with their last blob.
 */
public final class FolderBlobStore implements BlobStore {
    /** Older than this, what is being written is left of a writer that was killed. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Path blobs;
    private final Path incoming;

    /** Opens a folder and makes it when it is absent. */
    public FolderBlobStore(Path folder) {
        root = folder.toAbsolutePath().normalize();
        blobs = root.resolve("blobs");
        incoming = root.resolve("incoming");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(incoming);
            ChangingTree.removeUntouched(incoming, ABANDONED);
        } catch (IOException e) {
            throw retryable("cannot be made; check that its parent exists and is writable", e);
        }
    }

    @Override
    public BlobRef put(String key, byte[] content) {
        return put(key, new ByteArrayInputStream(content));
    }

    @Override
    public BlobRef put(String key, InputStream content) {
        Path target = place(key);
        Path temporary = temporary();
        try {
            Digest digest = write(content, temporary);
            return ChangingTree.inFolderOf(target, () -> {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return BlobKeys.ref(key, digest);
            });
        } catch (IOException e) {
            throw retryable("cannot store " + key, e);
        } finally {
            discard(temporary);
        }
    }

    @Override
    public Claim putIfAbsent(String key, byte[] content) {
        Path target = place(key);
        Path temporary = temporary();
        try {
            BlobRef offered = BlobKeys.ref(key, write(new ByteArrayInputStream(content), temporary));
            return ChangingTree.inFolderOf(target, () -> {
                try {
                    Files.createLink(target, temporary);
                    return Claim.of(offered, offered);
                } catch (FileAlreadyExistsException e) {
                    return Claim.of(offered, BlobKeys.ref(key, Digest.of(target)));
                }
            });
        } catch (UnsupportedOperationException e) {
            throw retryable("lies on a file system without hard links; choose another folder or S3", e);
        } catch (IOException e) {
            throw retryable("cannot store " + key, e);
        } finally {
            discard(temporary);
        }
    }

    @Override
    public Optional<byte[]> find(String key) {
        try (InputStream in = open(key)) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw retryable("cannot read " + key, e);
        }
    }

    @Override
    public byte[] read(BlobRef ref) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(ref, content);
        return content.toByteArray();
    }

    @Override
    public void download(BlobRef ref, Path target) {
        Downloads.complete(target, out -> copy(ref, out));
    }

    private void copy(BlobRef ref, OutputStream out) {
        try (InputStream in = open(BlobKeys.of(ref))) {
            BlobKeys.verify(ref, Digest.copy(in, out, ref.bytes()));
        } catch (NoSuchFileException e) {
            throw BlobKeys.missing(ref);
        } catch (IllegalArgumentException e) {
            throw BlobKeys.outside(ref, e);
        } catch (IOException e) {
            throw retryable("cannot read " + ref.uri(), e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        String wanted = BlobKeys.validPrefix(prefix);
        Path start = blobs.resolve(wanted.substring(0, wanted.lastIndexOf('/') + 1));
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            return ChangingTree.files(start).stream()
                    .map(path -> blobs.relativize(path).toString().replace('\\', '/'))
                    .filter(key -> key.startsWith(wanted))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw retryable("cannot be listed", e);
        }
    }

    @Override
    public Optional<Instant> storedAt(String key) {
        try {
            return Optional.of(Files.getLastModifiedTime(place(key), LinkOption.NOFOLLOW_LINKS)
                    .toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw retryable("cannot read " + key, e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Path place = place(key);
            Files.deleteIfExists(place);
            ChangingTree.removeEmpty(place.getParent(), blobs);
        } catch (IOException e) {
            throw retryable("cannot delete " + key, e);
        }
    }

    @Override
    public void close() {
        // Files are closed where they are opened.
    }

    /** Reads; a link that takes the place of the file after the look at it is not followed either. */
    private InputStream open(String key) throws IOException {
        return Files.newInputStream(place(key), LinkOption.NOFOLLOW_LINKS);
    }

    /** The file of a key. A symbolic link on the way could lead out of the folder, so there must be none. */
    private Path place(String key) {
        Path place = blobs;
        for (String segment : BlobKeys.valid(key).split("/")) {
            place = place.resolve(segment);
            if (Files.isSymbolicLink(place)) {
                throw new IllegalArgumentException("'" + key + "' leads over the symbolic link " + place);
            }
        }
        return place;
    }

    private Path temporary() {
        return incoming.resolve(UUID.randomUUID().toString());
    }

    private static Digest write(InputStream content, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            Digest digest = Digest.copy(content, out);
            channel.force(true);
            return digest;
        }
    }

    private void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw retryable("cannot be tidied", e);
        }
    }

    private EventHandlingException retryable(String what, Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        String advice = reason.contains("No space left") ? "; the disk is full, free some space" : "";
        return new EventHandlingException(
                Kind.RETRYABLE, "the blob folder " + root + " " + what + ": " + reason + advice, cause);
    }
}
