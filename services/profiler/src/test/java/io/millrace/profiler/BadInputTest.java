package io.millrace.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.dataset.DatasetProfile;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue through a real profiler. That an outcome comes within seconds is held by what it costs in processor time, which a
 * busy machine does not change much. All costs are in {@code target/bad-input.md}.
 */
class BadInputTest {
    private static final Duration MOST_PROCESSOR_TIME = Duration.ofSeconds(10);
    /** Against hanging only. */
    private static final int SECONDS = 120;

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final List<Cost> COSTS = new ArrayList<>();

    @TempDir
    Path scratch;

    /** What an entry cost, its file not counted. */
    private record Cost(String name, Duration processor, Duration wall) {
        String row() {
            return String.format(Locale.ROOT, "| %s | %.2f | %.2f |", name, seconds(processor), seconds(wall));
        }

        private static double seconds(Duration time) {
            return time.toMillis() / 1000.0;
        }
    }

    /** Loads what reads files, which is no entry's cost. */
    @BeforeAll
    static void warmUp(@TempDir Path folder) throws IOException {
        assertThat(new Profiled(folder).handle(BadDataset.good(), Profiled.target("y")))
                .isInstanceOf(DatasetProfiled.class);
    }

    @AfterAll
    static void writeCosts() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| entry | processor s | wall s |", "|---|---|---|"));
        COSTS.stream()
                .sorted(Comparator.comparing(Cost::processor).reversed())
                .map(Cost::row)
                .forEach(lines::add);
        Files.write(Path.of("target", "bad-input.md"), lines);
    }

    static List<BadDataset> catalogue() {
        return BadDataset.catalogue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogue")
    @Timeout(SECONDS)
    void everyBadDataSetHasItsOutcomeAndTheNextOneIsProfiled(BadDataset bad) throws IOException {
        Profiled profiler = new Profiled(scratch);
        byte[] file = bad.source().make();
        long processor = MACHINE.getProcessCpuTime();
        long wall = System.nanoTime();
        Event outcome = profiler.handle(file, bad.settings());
        Cost cost = new Cost(
                bad.name(),
                Duration.ofNanos(MACHINE.getProcessCpuTime() - processor),
                Duration.ofNanos(System.nanoTime() - wall));
        COSTS.add(cost);

        assertThat(cost.processor()).isLessThan(MOST_PROCESSOR_TIME);
        assertThat(outcome).isInstanceOf(bad.problem().isPresent() ? DatasetRejected.class : DatasetProfiled.class);
        if (outcome instanceof DatasetRejected rejected) {
            assertThat(rejected.problem()).isEqualTo(bad.problem().orElseThrow());
            assertThat(rejected.message()).contains(bad.words());
            assertThat(rejected.remedy()).isNotBlank();
        } else if (outcome instanceof DatasetProfiled profiled) {
            assertThat(said(profiler.profile(profiled))).contains(bad.words());
            assertThat(profiler.table(profiled).rows()).isPositive();
        }
        assertThat(CloudEvents.encode(envelope(outcome)).value()).isNotEmpty();
        assertThat(profiler.handle(BadDataset.good(), Profiled.target("y"))).isInstanceOf(DatasetProfiled.class);
    }

    private static String said(DatasetProfile profile) {
        Stream<String> notes = profile.columns().stream().flatMap(c -> c.note().stream());
        return Stream.concat(profile.warnings().stream(), notes).collect(Collectors.joining("\n"));
    }

    private static Envelope<Event> envelope(Event event) {
        return new Envelope<>("id", "data", "run-1", Optional.empty(), Optional.empty(), "/test", Instant.EPOCH, event);
    }

    @Test
    void noEntryIsThereTwice() {
        assertThat(catalogue()).extracting(BadDataset::name).doesNotHaveDuplicates();
    }
}
