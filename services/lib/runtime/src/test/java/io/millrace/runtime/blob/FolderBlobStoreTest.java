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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
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
    void foldersGoWithTheirLastBlob() {
        store.put("a/b/c", new byte[] {1});
        store.put("a/d", new byte[] {1});
        store.delete("a/b/c");
        assertThat(folder.resolve("blobs/a/b")).doesNotExist();
        store.delete("a/d");
        store.delete("a/d");
        assertThat(folder.resolve("blobs")).isEmptyDirectory();
    }

    @Test
    void whatAKilledWriterLeftIsRemovedAtTheNextStartOnceItIsADayOld() throws IOException {
        Path old = Files.writeString(folder.resolve("incoming/old"), "half");
        Path young = Files.writeString(folder.resolve("incoming/young"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        new FolderBlobStore(folder).close();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void whoListsOrPutsPassesOverWhatOthersDeleteMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> deleting = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(i -> others.submit(() -> {
                        while (!done.get()) {
                            store.putIfAbsent("run/folds/" + i, new byte[] {1});
                            store.delete("run/folds/" + i);
                        }
                    }))
                    .toList();
            for (int i = 0; i < 3_000; i++) {
                assertThat(store.list("")).allMatch(key -> key.startsWith("run/folds/"));
            }
            done.set(true);
            for (Future<?> each : deleting) {
                each.get();
            }
        } finally {
            done.set(true);
            others.shutdown();
        }
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
