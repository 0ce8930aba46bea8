package io.millrace.runtime.memory;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.BlobStoreContract;

class InMemoryBlobStoreTest extends BlobStoreContract {
    private final InMemoryBlobStore store = new InMemoryBlobStore();

    @Override
    protected BlobStore store() {
        return store;
    }
}
