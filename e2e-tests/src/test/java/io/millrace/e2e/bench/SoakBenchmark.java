package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Soak;
import io.millrace.e2e.Soak.Blow;
import io.millrace.e2e.Soak.Harm;
import io.millrace.e2e.Soak.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data sets through services as processes, first in peace, then with one after another SIGKILLed, round and round, and the broker
 * restarted once, or other blows halfway ({@code bench.soak.blows}, separated by commas; {@code TERM} stops a service in
 * order); prints a Markdown row. Every data set must end once, and as in peace: one in {@code bench.soak.bad} by the failure
 * that its kind of bad data has.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=SoakBenchmark -Dbench.soak.sets=20 -Dbench.soak.every=5}
 */
class SoakBenchmark {
    @Test
    void nothingIsLostWhoeverDies(@TempDir Path folder) throws Exception {
        int sets = Integer.getInteger("bench.soak.sets", 20);
        int kills = Integer.getInteger("bench.soak.kills", 50);
        Duration every = Duration.ofSeconds(Integer.getInteger("bench.soak.every", 5));
        Duration away = Duration.ofSeconds(Integer.getInteger("bench.soak.away", 30));
        Blow[] others = Stream.of(
                        System.getProperty("bench.soak.blows", "BROKER_RESTART").split(","))
                .map(Blow::valueOf)
                .toArray(Blow[]::new);
        Soak soak = new Soak(
                sets,
                Integer.getInteger("bench.soak.bad", 10),
                Integer.getInteger("bench.soak.trials", 4),
                Duration.ofHours(2));
        Path data = Files.copy(
                Path.of(System.getProperty("bench.shared", "../../shared")).resolve("data/iris.csv"),
                folder.resolve("iris.csv"));
        Outcome peace = soak.pass(folder.resolve("peace"), data, "species", Harm.NONE);
        Outcome killed = soak.pass(folder.resolve("killed"), data, "species", Harm.kills(every, kills, away, others));
        System.out.printf(
                Locale.ROOT,
                "| %d, bad %d | %s | %d | %d | %d | %d s | %d s |%n",
                sets,
                soak.failures("species").size(),
                killed.blows(),
                killed.redeliveries(),
                killed.events(),
                killed.distinct(),
                peace.took().toSeconds(),
                killed.took().toSeconds());
        assertThat(peace.ends()).containsAllEntriesOf(soak.failures("species"));
        assertThat(killed.blows().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(kills + others.length);
        assertThat(killed.ends()).isEqualTo(peace.ends());
        assertThat(killed.distinct()).isEqualTo(sets);
    }
}
