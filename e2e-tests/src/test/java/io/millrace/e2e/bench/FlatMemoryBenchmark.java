package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.FlatMemory;
import io.millrace.e2e.FlatMemory.Held;
import io.millrace.e2e.FlatMemory.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many data sets and a run of many trials; prints Markdown tables of what each process holds on to at several points, as
 * live megabytes and, in parentheses, resident ones.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=FlatMemoryBenchmark -Dbench.memory.sets=10000
 * -Dbench.memory.trials=5000}
 */
class FlatMemoryBenchmark {
    /** For classes and buffers that a JVM comes to late; 10,000 data sets of a kilobyte each would not fit in. */
    private static final long ALLOWANCE = 8L << 20;

    /** The same for processes that train: trials under way at a reading are of one family or another (12 MB were seen). */
    private static final long TRAINING_ALLOWANCE = 32L << 20;

    private static final int READINGS = Integer.getInteger("bench.memory.readings", 4);

    @TempDir
    Path folder;

    private final List<Reading> readings = new ArrayList<>();

    @Test
    void memoryDoesNotGrowWithTheQueueNorWithTheRun() throws Exception {
        new FlatMemory(folder)
                .queue(
                        Integer.getInteger("bench.memory.sets", 500),
                        Integer.getInteger("bench.memory.trials", 500),
                        READINGS,
                        this::note);
        assertFlat(ALLOWANCE);
    }

    @Test
    void memoryDoesNotGrowWithModelsNorWithTrialsThatAreTrained() throws Exception {
        new FlatMemory(folder)
                .models(
                        Integer.getInteger("bench.memory.models", 100),
                        Integer.getInteger("bench.memory.trained", 300),
                        READINGS,
                        this::note);
        assertFlat(TRAINING_ALLOWANCE);
    }

    private void note(Reading reading) {
        if (readings.isEmpty()) {
            System.out.println(row("when", List.copyOf(reading.held().keySet())));
            System.out.println(row("---", Collections.nCopies(reading.held().size(), "---")));
        }
        System.out.println(row(
                reading.when(),
                reading.held().values().stream()
                        .map(FlatMemoryBenchmark::megabytes)
                        .toList()));
        readings.add(reading);
    }

    /** Against the first reading with data sets: before them the broker has not yet what it keeps while it is busy. */
    private void assertFlat(long allowance) {
        Reading first = readings.get(1);
        for (Reading later : readings.subList(2, readings.size())) {
            later.held().forEach((service, held) -> assertThat(held.live())
                    .as("%s, %s", service, later.when())
                    .isLessThan(first.held().get(service).live() + allowance));
        }
    }

    private static String megabytes(Held held) {
        return String.format(Locale.ROOT, "%.1f (%.0f)", held.live() / 1e6, held.resident() / 1e6);
    }

    private static String row(String first, List<String> others) {
        return others.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }
}
