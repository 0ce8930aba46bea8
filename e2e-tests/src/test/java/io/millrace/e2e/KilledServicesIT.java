package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Soak.Blow;
import io.millrace.e2e.Soak.Harm;
import io.millrace.e2e.Soak.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code SoakBenchmark}: a few blows, a few data sets. */
class KilledServicesIT {
    private static final Soak SOAK = new Soak(2, 3, Duration.ofMinutes(8));

    @TempDir
    static Path folder;

    private static Map<String, String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        undisturbed = pass("undisturbed", Harm.NONE).ends();
    }

    @Test
    void everyDataSetEndsOnceAndAsUndisturbedWhoeverIsKilled() throws Exception {
        Outcome killed = pass("killed", Harm.kills(Duration.ofSeconds(4), 4, Duration.ZERO));
        assertThat(killed.blows()).isNotEmpty();
        assertThat(killed.ends()).isEqualTo(undisturbed);
        assertThat(killed.distinct()).isEqualTo(2);
    }

    @Test
    void everyDataSetEndsOnceAndAsUndisturbedWhicheverBackEndGoesAway() throws Exception {
        List<Blow> blows = List.of(Blow.STORE_AWAY, Blow.DATABASE_RESTART, Blow.BROKER_KILL, Blow.BROKER_RESTART);
        Outcome hurt = pass("hurt", new Harm(Duration.ofSeconds(1), blows, Duration.ofSeconds(6)));
        assertThat(hurt.blows()).isNotEmpty();
        assertThat(hurt.ends()).isEqualTo(undisturbed);
        assertThat(hurt.distinct()).isEqualTo(2);
    }

    private static Outcome pass(String name, Harm harm) throws Exception {
        return SOAK.pass(folder.resolve(name), SampleData.multiclass(folder), SampleData.multiclassTarget(), harm);
    }
}
