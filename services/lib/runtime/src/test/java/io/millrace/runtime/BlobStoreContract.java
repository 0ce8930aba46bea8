package io.millrace.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.BlobRef;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does alike. */
public abstract class BlobStoreContract {
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path files;

    /** The store under test; empty at the start of each test. */
    protected abstract BlobStore store();

    @Test
    void whatIsPutIsReadBackWithItsHashAndSize() {
        BlobRef ref = store().put("tables/a.bin", "hello".getBytes(UTF_8));
        assertThat(ref).isEqualTo(new BlobRef("blob:tables/a.bin", HELLO_SHA256, 5));
        assertThat(store().read(ref)).isEqualTo("hello".getBytes(UTF_8));
        assertThat(store().find("tables/a.bin")).contains("hello".getBytes(UTF_8));
    }

    @Test
    void bytesFilesAndStreamsAreStoredAlike() throws IOException {
        Path file = Files.writeString(files.resolve("hello"), "hello");
        BlobRef fromFile = store().put("k/file", file);
        BlobRef fromStream = store().put("k/stream", new ByteArrayInputStream("hello".getBytes(UTF_8)));
        assertThat(fromFile.sha256()).isEqualTo(HELLO_SHA256).isEqualTo(fromStream.sha256());
        assertThat(store().read(fromStream)).isEqualTo(store().read(fromFile));
    }

    @Test
    void aPutReplacesWhatIsThere() {
        store().put("k", "old".getBytes(UTF_8));
        BlobRef ref = store().put("k", "new".getBytes(UTF_8));
        assertThat(store().read(ref)).isEqualTo("new".getBytes(UTF_8));
    }

    @Test
    void theFirstConditionalPutWinsAndTheSecondSeesIt() {
        BlobStore.Claim first = store().putIfAbsent("results/1", "first".getBytes(UTF_8));
        BlobStore.Claim second = store().putIfAbsent("results/1", "second".getBytes(UTF_8));
        assertThat(first.won()).isTrue();
        assertThat(second.won()).isFalse();
        assertThat(second.stored()).isEqualTo(first.stored());
        assertThat(store().read(second.stored())).isEqualTo("first".getBytes(UTF_8));
    }

    @Test
    void whoOffersTheSameAgainWinsAgainBecauseItsFirstAnswerMayHaveBeenLost() {
        store().putIfAbsent("results/1", "mine".getBytes(UTF_8));

        assertThat(store().putIfAbsent("results/1", "mine".getBytes(UTF_8)).won())
                .isTrue();
    }

    @Test
    void ofManyConditionalPutsAtOnceExactlyOneWins() throws Exception {
        int writers = 8;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            List<Future<BlobStore.Claim>> claims = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                byte[] content = ("writer " + i).getBytes(UTF_8);
                claims.add(executor.submit(() -> store().putIfAbsent("race", content)));
            }
            int won = 0;
            for (Future<BlobStore.Claim> claim : claims) {
                won += claim.get().won() ? 1 : 0;
                assertThat(claim.get().stored()).isEqualTo(claims.get(0).get().stored());
            }
            assertThat(won).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aStreamThatBreaksLeavesWhatWasThere() {
        BlobRef before = store().put("k", "kept".getBytes(UTF_8));
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (begun) {
                    throw new IOException("the line went dead");
                }
                begun = true;
                return length;
            }
        };
        assertThatThrownBy(() -> store().put("k", broken)).isInstanceOf(EventHandlingException.class);
        assertThat(store().read(before)).isEqualTo("kept".getBytes(UTF_8));
    }

    @Test
    void aMissingBlobIsPoisonAndFindsNothing() {
        BlobRef ref = new BlobRef("blob:nowhere", HELLO_SHA256, 5);
        assertThat(store().find("nowhere")).isEmpty();
        assertPoison(() -> store().read(ref), "is missing");
        assertPoison(() -> store().download(ref, files.resolve("target")), "is missing");
        assertThat(files.resolve("target")).doesNotExist();
    }

    @Test
    void aBlobThatChangedIsPoison() {
        BlobRef ref = store().put("k", "hello".getBytes(UTF_8));
        store().put("k", "hullo".getBytes(UTF_8));
        assertPoison(() -> store().read(ref), "was changed or cut");
        assertPoison(() -> store().download(ref, files.resolve("target")), "was changed or cut");
        assertThat(files.resolve("target")).doesNotExist();
    }

    @Test
    void aDownloadIsCompleteAndReplacesAnOlderFile() throws IOException {
        BlobRef ref = store().put("k", "hello".getBytes(UTF_8));
        Path target = Files.writeString(files.resolve("target"), "older and longer");
        store().download(ref, target);
        assertThat(target).hasContent("hello");
        try (var left = Files.list(files)) {
            assertThat(left).containsExactly(target);
        }
    }

    @Test
    void keysAreListedByPrefixInOrder() {
        for (String key : List.of("runs/2/b", "runs/10/a", "runs/1/c", "results/x", "runs-other")) {
            store().put(key, new byte[] {1});
        }
        assertThat(store().list("runs/")).containsExactly("runs/1/c", "runs/10/a", "runs/2/b");
        assertThat(store().list("runs/1")).containsExactly("runs/1/c", "runs/10/a");
        assertThat(store().list("nothing/")).isEmpty();
        assertThat(store().list("")).hasSize(5);
    }

    @Test
    void aBlobTellsWhenItWasStoredLast() {
        Instant before = Instant.now().minusSeconds(60);
        store().put("k", new byte[] {1});
        assertThat(store().storedAt("k").orElseThrow())
                .isBetween(before, Instant.now().plusSeconds(60));
        assertThat(store().storedAt("another")).isEmpty();
    }

    @Test
    void aDeletedKeyIsGoneAndDeletingTwiceIsFine() {
        store().put("k", new byte[] {1});
        store().delete("k");
        store().delete("k");
        assertThat(store().find("k")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "./a", "a b", "a\\b", "ä", "a/..", "a\u0000"
            })
    void aKeyThatIsNoneIsRefused(String key) {
        assertThatThrownBy(() -> store().put(key, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().find(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().delete(key)).isInstanceOf(IllegalArgumentException.class);
        assertPoison(() -> store().read(new BlobRef("blob:" + key, HELLO_SHA256, 5)), "names no blob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "/etc/passwd",
                "http://169.254.169.254/latest/meta-data",
                "https://example.org/data.csv",
                "s3://another-bucket/data.csv",
                "jar:file:/tmp/a.zip!/b",
                "blob://another-host/data.csv",
                "blob:%2e%2e/up",
                "blob:C:\\data.csv",
                "BLOB:k",
                ""
            })
    void aReferenceThatLeadsOutOfTheStoreIsPoison(String uri) {
        store().put("k", "hello".getBytes(UTF_8));
        assertPoison(() -> store().read(new BlobRef(uri, HELLO_SHA256, 5)), "names no blob");
        assertPoison(
                () -> store().download(new BlobRef(uri, HELLO_SHA256, 5), files.resolve("target")), "names no blob");
        assertThat(files.resolve("target")).doesNotExist();
    }

    @Test
    void aBlobThatIsLongerThanItsReferenceIsPoison() {
        store().put("k", new byte[1 << 20]);
        assertPoison(() -> store().read(new BlobRef("blob:k", HELLO_SHA256, 5)), "was changed or cut");
    }

    private static void assertPoison(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POISON))
                .hasMessageContaining(message);
    }
}
