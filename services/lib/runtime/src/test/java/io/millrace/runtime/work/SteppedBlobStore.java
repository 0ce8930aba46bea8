package io.millrace.runtime.work;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.blob.BlobKeys;
import io.millrace.runtime.work.Interleavings.Access;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One worker's view of a store, which calls a step before each access. */
record SteppedBlobStore(BlobStore blobs, Consumer<Access> step) implements BlobStore {
    private BlobStore reading(String key) {
        step.accept(new Access(key, false));
        return blobs;
    }

    private BlobStore writing(String key) {
        step.accept(new Access(key, true));
        return blobs;
    }

    @Override
    public BlobRef put(String key, byte[] content) {
        return writing(key).put(key, content);
    }

    @Override
    public BlobRef put(String key, InputStream content) {
        return writing(key).put(key, content);
    }

    @Override
    public Claim putIfAbsent(String key, byte[] content) {
        return writing(key).putIfAbsent(key, content);
    }

    @Override
    public Optional<byte[]> find(String key) {
        return reading(key).find(key);
    }

    @Override
    public byte[] read(BlobRef ref) {
        return reading(BlobKeys.of(ref)).read(ref);
    }

    @Override
    public void download(BlobRef ref, Path target) {
        reading(BlobKeys.of(ref)).download(ref, target);
    }

    @Override
    public List<String> list(String prefix) {
        throw new UnsupportedOperationException("a step touches one blob");
    }

    @Override
    public Optional<Instant> storedAt(String key) {
        return reading(key).storedAt(key);
    }

    @Override
    public void delete(String key) {
        writing(key).delete(key);
    }

    @Override
    public void close() {
        blobs.close();
    }
}
