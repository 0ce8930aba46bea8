package io.millrace.runtime.memory;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.blob.BlobKeys;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.blob.Downloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Blobs in memory. */
public final class InMemoryBlobStore implements BlobStore {
    private final ConcurrentSkipListMap<String, Stored> blobs = new ConcurrentSkipListMap<>();

    private record Stored(byte[] content, Instant at) {
        static Stored now(byte[] content) {
            return new Stored(content.clone(), Instant.now());
        }
    }

    @Override
    public BlobRef put(String key, byte[] content) {
        blobs.put(BlobKeys.valid(key), Stored.now(content));
        return BlobKeys.ref(key, Digest.of(content));
    }

    @Override
    public BlobRef put(String key, InputStream content) {
        try {
            return put(key, content.readAllBytes());
        } catch (IOException e) {
            throw new EventHandlingException(Kind.RETRYABLE, "the content of " + key + " cannot be read", e);
        }
    }

    @Override
    public Claim putIfAbsent(String key, byte[] content) {
        Stored standing = blobs.putIfAbsent(BlobKeys.valid(key), Stored.now(content));
        BlobRef offered = BlobKeys.ref(key, Digest.of(content));
        return Claim.of(offered, standing == null ? offered : BlobKeys.ref(key, Digest.of(standing.content())));
    }

    @Override
    public Optional<byte[]> find(String key) {
        return Optional.ofNullable(blobs.get(BlobKeys.valid(key)))
                .map(stored -> stored.content().clone());
    }

    @Override
    public byte[] read(BlobRef ref) {
        byte[] content = find(BlobKeys.of(ref)).orElseThrow(() -> BlobKeys.missing(ref));
        BlobKeys.verify(ref, Digest.of(content));
        return content;
    }

    @Override
    public void download(BlobRef ref, Path target) {
        byte[] content = read(ref);
        Downloads.complete(target, out -> write(content, out));
    }

    private static void write(byte[] content, OutputStream out) {
        try {
            out.write(content);
        } catch (IOException e) {
            throw new EventHandlingException(Kind.RETRYABLE, "the file cannot be written", e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        String wanted = BlobKeys.validPrefix(prefix);
        return blobs.tailMap(wanted).keySet().stream()
                .takeWhile(key -> key.startsWith(wanted))
                .toList();
    }

    @Override
    public Optional<Instant> storedAt(String key) {
        return Optional.ofNullable(blobs.get(BlobKeys.valid(key))).map(Stored::at);
    }

    @Override
    public void delete(String key) {
        blobs.remove(BlobKeys.valid(key));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
