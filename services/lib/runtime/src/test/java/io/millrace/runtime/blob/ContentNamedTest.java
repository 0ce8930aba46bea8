package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.BlobRef;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentNamedTest {
    private final ContentNamed named = new ContentNamed(new InMemoryBlobStore());

    @Test
    void anotherOutcomeReplacesNothing() {
        BlobRef one = named.put("runs/r/model-", new byte[] {1}, ".zip");
        BlobRef other = named.put("runs/r/model-", new byte[] {2}, ".zip");

        assertThat(other.uri()).isNotEqualTo(one.uri());
        assertThat(named.blobs().read(one)).containsExactly(1);
    }

    @Test
    void aFileIsNamedAsItsBytesAre(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[] {1});

        assertThat(named.put("k-", file, ".bin")).isEqualTo(named.put("k-", new byte[] {1}, ".bin"));
    }
}
