package io.millrace.modelling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
    @TempDir
    Path folder;

    @Test
    void whatTakesMoreDiskThanTheSettingsAllowIsTooLarge() {
        SourceSettings settings = new SourceSettings(1, 24, 1 << 20, folder);
        try (DuckDb db = DuckDb.open(settings, folder)) {
            assertThatThrownBy(
                            () -> db.execute("CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a FROM range(1000000) r(i)"))
                    .isInstanceOfSatisfying(UnreadableSourceException.class, e -> {
                        assertThat(e.problem()).isEqualTo("too-large");
                        assertThat(e).hasMessageContaining("24 MB of memory and 4 MiB of disk");
                        assertThat(e.remedy()).contains("MILLRACE_PROFILER_MOST_MB");
                    });
        }
    }

    /** Mounting a small disk takes the rights of root. */
    @Test
    void aFullDiskIsNoFaultOfTheFile() throws Exception {
        SourceSettings settings = new SourceSettings(1, 24, 1 << 30, folder);
        Path file = folder.resolve("numbers.parquet");
        try (DuckDb db = DuckDb.open(settings, folder)) {
            db.execute("COPY (SELECT i, i + 1, i + 2, i + 3 FROM range(1000000) r(i)) TO "
                    + DuckDb.literal(file.toString()));
        }
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + (Files.size(file) + (1 << 20)), "tmpfs", disk.toString()),
                "no small disk can be mounted: not root, or no tmpfs");
        try (DuckDb db = DuckDb.open(settings, disk)) {
            SourceReader reader = new SourceReader(db, settings, disk);
            assertThatThrownBy(() -> reader.read(file, Optional.empty()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("spill");
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
