package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.FlatMemory;
import io.millrace.e2e.FlatMemory.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A queue of data sets and a run of many trials; prints a Markdown table of what each service holds on to at several
 * points.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=FlatMemoryBenchmark -Dbench.memory.sets=10000
 * -Dbench.memory.trials=5000}
 */
class FlatMemoryBenchmark {
    /** For classes and buffers that a JVM comes to late; 10,000 data sets of a kilobyte each would not fit in. */
    private static final long ALLOWANCE = 8L << 20;

    @Test
    void memoryDoesNotGrowWithTheQueueNorWithTheRun(@TempDir Path folder) throws Exception {
        List<Reading> readings = new ArrayList<>();
        System.out.println("| when | intake | profiler | planner | gateway |\n|---|---|---|---|---|");
        new FlatMemory(folder)
                .watch(
                        Integer.getInteger("bench.memory.sets", 500),
                        Integer.getInteger("bench.memory.trials", 500),
                        Integer.getInteger("bench.memory.readings", 4),
                        reading -> {
                            System.out.println(row(reading));
                            readings.add(reading);
                        });
        Reading first = readings.get(0);
        for (Reading later : readings) {
            later.bytes().forEach((service, bytes) -> assertThat(bytes)
                    .as("%s, %s", service, later.when())
                    .isLessThan(first.bytes().get(service) + ALLOWANCE));
        }
    }

    private static String row(Reading reading) {
        return reading.bytes().values().stream()
                .map(bytes -> String.format(Locale.ROOT, "%.1f MB", bytes / 1e6))
                .collect(Collectors.joining(" | ", "| " + reading.when() + " | ", " |"));
    }
}
