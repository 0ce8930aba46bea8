package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Soak.Blow;
import io.millrace.e2e.Soak.Harm;
import io.millrace.e2e.Soak.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code SoakBenchmark}: every service is struck once, a few data sets. */
class KilledServicesIT {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int SETS = 4;
    private static final Soak SOAK = new Soak(SETS, 3, Duration.ofMinutes(8));

    @TempDir
    static Path folder;

    private static Map<String, String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        undisturbed = pass("undisturbed", Harm.NONE).ends();
        assertThat(undisturbed).containsAllEntriesOf(SOAK.failures(SampleData.multiclassTarget()));
    }

    @Test
    void everyDataSetEndsOnceAndAsUndisturbedWhoeverIsKilled() throws Exception {
        Set<String> services = ServiceProcesses.mains().keySet();
        Outcome killed = pass("killed", Harm.kills(EVERY, services.size(), Duration.ZERO, Blow.TERM));
        assertThat(killed.blows()).hasSize(services.size() + 1).allSatisfy((blow, times) -> assertThat(times)
                .isOne());
        assertThat(killed.blows().keySet())
                .containsAll(services.stream().map(service -> "KILL " + service).toList())
                .anyMatch(blow -> blow.startsWith("TERM "));
        assertThat(killed.ends()).isEqualTo(undisturbed);
        assertThat(killed.distinct()).isEqualTo(SETS);
    }

    @Test
    void everyDataSetEndsOnceAndAsUndisturbedWhicheverBackEndGoesAway() throws Exception {
        List<Blow> blows = List.of(Blow.STORE_AWAY, Blow.DATABASE_RESTART, Blow.BROKER_KILL, Blow.BROKER_RESTART);
        Outcome hurt = pass("hurt", new Harm(Duration.ofSeconds(1), blows, Duration.ofSeconds(6)));
        assertThat(hurt.blows().keySet())
                .isIn(Set.of(), blows.stream().map(Blow::name).collect(Collectors.toSet()));
        assertThat(hurt.ends()).isEqualTo(undisturbed);
        assertThat(hurt.distinct()).isEqualTo(SETS);
    }

    private static Outcome pass(String name, Harm harm) throws Exception {
        return SOAK.pass(folder.resolve(name), SampleData.multiclass(folder), SampleData.multiclassTarget(), harm);
    }
}
