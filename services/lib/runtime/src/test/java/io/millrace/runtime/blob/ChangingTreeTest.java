package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangingTreeTest {
    @TempDir
    Path top;

    @Test
    void aFolderThatIsRemovedAsEmptyBeforeItIsUsedIsMadeAgain() throws IOException {
        Path file = top.resolve("run/folds/0");
        AtomicInteger tries = new AtomicInteger();
        ChangingTree.inFolderOf(file, () -> {
            if (tries.incrementAndGet() == 1) {
                ChangingTree.removeEmpty(file.getParent(), top);
            }
            return Files.writeString(file, "placed");
        });
        assertThat(file).hasContent("placed");
        assertThat(tries).hasValue(2);
    }

    @Test
    void aFileWhereAFolderBelongsIsNotTriedForEver() throws IOException {
        Files.writeString(top.resolve("run"), "no folder");
        assertThatThrownBy(() -> ChangingTree.inFolderOf(top.resolve("run/0"), () -> "placed"))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
