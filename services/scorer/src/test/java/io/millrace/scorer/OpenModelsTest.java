package io.millrace.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.BlobRef;
import io.millrace.events.ModelPublished;
import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.scorer.core.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenModelsTest {
    private static byte[] archive;

    @TempDir
    Path scratch;

    private final BlobStore blobs = new InMemoryBlobStore();

    @BeforeAll
    static void train() throws IOException {
        archive = TestModel.archive();
    }

    private Published published(String name, int second) {
        BlobRef stored = blobs.put("runs/" + name + second + ".zip", archive);
        Envelope<ModelPublished> event =
                TestModel.published(name, stored, Optional.empty(), TestModel.PUBLISHED.plusSeconds(second));
        return new Published(event.id(), event.event());
    }

    private long files() {
        try (Stream<Path> found = Files.list(scratch)) {
            return found.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int features(EnsembleModel model) {
        return model.manifest().profile().features().size();
    }

    @Test
    void oneThatMakesRoomIsClosedWhenNobodyUsesItAnyMore() {
        try (OpenModels models =
                new OpenModels(blobs, scratch, new ModelTrust(List.of(), true), Learners.standard(), 1)) {
            Published apples = published("apples", 0);
            Published pears = published("pears", 0);

            models.with(apples, model -> {
                assertThat(models.with(pears, OpenModelsTest::features)).isEqualTo(2);
                assertThat(files()).as("one that is used and one that is kept").isEqualTo(2);
                return features(model);
            });

            assertThat(models.count()).isEqualTo(1);
            assertThat(files()).isEqualTo(1);
        }
        assertThat(files()).isZero();
    }

    @Test
    void aNewerOneOfANameTakesThePlaceOfTheOther() {
        try (OpenModels models =
                new OpenModels(blobs, scratch, new ModelTrust(List.of(), true), Learners.standard(), 5)) {
            models.with(published("apples", 0), OpenModelsTest::features);
            models.with(published("apples", 1), OpenModelsTest::features);

            assertThat(models.count()).isEqualTo(1);
            assertThat(files()).isEqualTo(1);
        }
    }
}
