package io.millrace.runtime.work;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One worker's view of a store, which calls a step before each access. */
record SteppedBlobStore(BlobStore blobs, Runnable step) implements BlobStore {
    private BlobStore stepped() {
        step.run();
        return blobs;
    }

    @Override
    public BlobRef put(String key, byte[] content) {
        return stepped().put(key, content);
    }

    @Override
    public BlobRef put(String key, InputStream content) {
        return stepped().put(key, content);
    }

    @Override
    public Claim putIfAbsent(String key, byte[] content) {
        return stepped().putIfAbsent(key, content);
    }

    @Override
    public Optional<byte[]> find(String key) {
        return stepped().find(key);
    }

    @Override
    public byte[] read(BlobRef ref) {
        return stepped().read(ref);
    }

    @Override
    public void download(BlobRef ref, Path target) {
        stepped().download(ref, target);
    }

    @Override
    public List<String> list(String prefix) {
        return stepped().list(prefix);
    }

    @Override
    public Optional<Instant> storedAt(String key) {
        return stepped().storedAt(key);
    }

    @Override
    public void delete(String key) {
        stepped().delete(key);
    }

    @Override
    public void close() {
        blobs.close();
    }
}
