package io.millrace.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.BlobRef;
import io.millrace.events.ModelPublished;
import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.trees.TreesModel;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.ModelReader;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.memory.InMemoryBlobStore;
import io.millrace.scorer.core.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenModelsTest {
    private static final long MUCH = 1L << 30;

    private static byte[] archive;

    @TempDir
    Path scratch;

    private final BlobStore blobs = new InMemoryBlobStore();
    private final AtomicInteger read = new AtomicInteger();

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

    /** Models whose fold models are counted when they are read. */
    private OpenModels open(int number, long memory) {
        ModelReader counting = (parts, profile) -> {
            read.incrementAndGet();
            return TreesModel.read(parts, profile);
        };
        Learners learners = new Learners(Map.of(), Map.of(TreesModel.KIND, counting));
        return new OpenModels(
                blobs, scratch, new ModelTrust(List.of(), true), learners, new OpenModels.Room(number, memory));
    }

    /** Uses every fold model, as a prediction does; tells what the model takes. */
    private static long used(EnsembleModel model) {
        model.forEachModel((member, fold, fitted) -> {});
        return model.memory();
    }

    private static int features(EnsembleModel model) {
        return model.manifest().profile().features().size();
    }

    @Test
    void oneThatMakesRoomIsClosedWhenNobodyUsesItAnyMore() {
        try (OpenModels models = open(1, MUCH)) {
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
        try (OpenModels models = open(5, MUCH)) {
            models.with(published("apples", 0), OpenModelsTest::features);
            models.with(published("apples", 1), OpenModelsTest::features);

            assertThat(models.count()).isEqualTo(1);
            assertThat(files()).isEqualTo(1);
        }
    }

    @Test
    void foldModelsAreReadOnceForAllRequestsAndAgainForANewerModel() {
        try (OpenModels models = open(5, MUCH)) {
            for (int request = 0; request < 3; request++) {
                models.with(published("apples", 0), OpenModelsTest::used);
            }
            assertThat(read).hasValue(1);

            models.with(published("apples", 1), OpenModelsTest::used);
            assertThat(read).hasValue(2);
        }
    }

    @Test
    void whereMemoryIsShortThoseUsedLastAreKept() {
        long each;
        try (OpenModels models = open(5, MUCH)) {
            each = models.with(published("apples", 0), OpenModelsTest::used);
            assertThat(models.memory()).isEqualTo(each).isPositive();
        }
        try (OpenModels models = open(5, 2 * each)) {
            for (String name : List.of("apples", "pears", "apples", "plums")) {
                models.with(published(name, 0), OpenModelsTest::used);
            }
            assertThat(models.count()).isEqualTo(2);
            assertThat(models.memory()).isEqualTo(2 * each);
            assertThat(files()).isEqualTo(2);

            read.set(0);
            models.with(published("apples", 0), OpenModelsTest::used);
            assertThat(read).as("used after the pears").hasValue(0);
        }
        try (OpenModels models = open(5, each - 1)) {
            models.with(published("apples", 0), OpenModelsTest::used);
            models.with(published("apples", 0), OpenModelsTest::used);
            assertThat(models.count()).as("verified and open all the same").isEqualTo(1);
            assertThat(models.memory()).isZero();
            assertThat(read).as("its fold models are read anew").hasValue(2);
        }
    }
}
