package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Soak.Harm;
import io.millrace.e2e.Soak.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code SoakBenchmark}: a few kills, a few data sets. */
class KilledServicesIT {
    @TempDir
    Path folder;

    @Test
    void everyDataSetEndsOnceAndAsUndisturbedWhoeverIsKilled() throws Exception {
        Soak soak = new Soak(2, 3, Duration.ofMinutes(8));
        Path data = SampleData.multiclass(folder);
        String target = SampleData.multiclassTarget();
        Outcome undisturbed = soak.pass(folder.resolve("undisturbed"), data, target, Harm.NONE);
        Outcome killed = soak.pass(folder.resolve("killed"), data, target, new Harm(Duration.ofSeconds(4), 4, false));
        assertThat(killed.kills()).isNotEmpty();
        assertThat(killed.ends()).isEqualTo(undisturbed.ends());
        assertThat(killed.distinct()).isEqualTo(2);
    }
}
