package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.BlobStoreContract;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest extends BlobStoreContract {
    @TempDir
    Path folder;

    private FolderBlobStore store;

    @BeforeEach
    void open() {
        store = new FolderBlobStore(folder);
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Test
    void aSymbolicLinkIsNotFollowedOutOfTheFolder(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("blobs/link"), outside);
        assertThatThrownBy(() -> store.find("link/secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> store.put("link/new", new byte[] {1})).isInstanceOf(IllegalArgumentException.class);
        BlobRef ref = new BlobRef("blob:link/secret", "ab".repeat(32), 6);
        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON))
                .hasMessageContaining("leads out of the store");
        assertThat(store.list("")).isEmpty();
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void nothingHalfWrittenStaysBehind() throws IOException {
        store.put("a/b", new byte[] {1});
        store.putIfAbsent("a/b", new byte[] {2});
        try (var left = Files.list(folder.resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }
}
