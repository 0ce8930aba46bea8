package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPlatformTest {
    @TempDir
    Path folder;

    @Test
    void whereTheStoreCannotBeOpenedNoScratchFolderIsLeft() throws IOException {
        Path scratch = folder.resolve("scratch");
        Path noFolder = Files.createFile(folder.resolve("blobs"));
        PlatformConfig config = PlatformConfig.from(new Environment(Map.of(
                "MILLRACE_KAFKA", "127.0.0.1:1",
                "MILLRACE_BLOBS", noFolder.toString(),
                "MILLRACE_SCRATCH", scratch.toString())));
        assertThatThrownBy(() -> OpenPlatform.open(config, "trainer")).hasMessageContaining(noFolder.toString());
        assertThat(scratch).isEmptyDirectory();
    }
}
