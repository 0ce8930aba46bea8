package io.millrace.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    /** Against hanging; the machine that tests may be busy, a case takes a second or two of its own. */
    private static final int SECONDS = 120;

    @TempDir
    Path scratch;

    static List<BadDataset> catalogue() {
        return BadDataset.catalogue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogue")
    @Timeout(SECONDS)
    void everyBadDataSetHasItsOutcomeAndTheNextOneIsProfiled(BadDataset bad) throws IOException {
        Profiled profiler = new Profiled(scratch);
        Event outcome = profiler.handle(bad.source().make(), bad.settings());

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
