package io.millrace.modelling.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
}
