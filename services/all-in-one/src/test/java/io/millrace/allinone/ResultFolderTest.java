package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.events.BlobRef;
import io.millrace.events.ModelPublished;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir
    Path folder;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();

    /** The golden event with files that are there. */
    private ModelPublished published(boolean holdout) throws IOException {
        try (InputStream golden = Json.class.getResourceAsStream("/examples/model.published.v1.json")) {
            ObjectNode event = (ObjectNode) Json.read(golden.readAllBytes(), JsonNode.class);
            event.set("model", blob("model"));
            event.set("leaderboardFile", blob("leaderboard"));
            event.remove("holdoutPredictions");
            if (holdout) {
                event.set("holdoutPredictions", blob("predictions"));
            }
            return Json.read(Json.write(event), ModelPublished.class);
        }
    }

    private JsonNode blob(String name) {
        BlobRef blob = blobs.put("runs/r/" + name, name.getBytes(UTF_8));
        return Json.tree(blob);
    }

    private void write(boolean holdout) throws IOException {
        ResultFolder results = new ResultFolder(folder);
        results.prepare();
        results.write(published(holdout), blobs);
    }

    @Test
    void predictionsOfAnEarlierModelDoNotStayBesideTheNewOne() throws IOException {
        write(true);
        assertThat(folder.resolve(ResultFolder.PREDICTIONS)).hasContent("predictions");
        write(false);

        assertThat(folder).isDirectoryNotContaining("glob:**" + ResultFolder.PREDICTIONS);
        assertThat(folder.resolve(ResultFolder.MODEL)).hasContent("model");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where root, too, finds folders that nobody can write into
    void aFolderThatTakesNoFilesIsToldBeforeTheRun() {
        assertThatThrownBy(() -> new ResultFolder(Path.of("/proc/self/fdinfo")).prepare())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write to /proc/self/fdinfo");
    }

    @Test
    void everyFileHasTheRightsOfAnyNewFile() throws IOException {
        write(true);
        Path any = Files.writeString(folder.resolve("any"), "x");

        assertThat(folder.toFile().listFiles()).hasSize(5);
        for (String file : folder.toFile().list()) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.getPosixFilePermissions(any));
        }
    }
}
