package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.EventType;
import io.millrace.runtime.memory.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs during whose search the clock of every service is set, with every service in this process. */
@Timeout(2 * JumpingClockRunIT.LONG_SECONDS)
class JumpingClockRunIT {
    static final int LONG_SECONDS = 240;

    private static final Duration LONG = Duration.ofSeconds(LONG_SECONDS);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BACK = HOUR.negated();
    private static final String NAME = "flowers";

    @TempDir
    Path folder;

    @Test
    void aRunThatCountsTrialsEndsAsUndisturbed() throws Exception {
        Map<String, String> undisturbed = ends("undisturbed", "trials=5", List.of());
        assertThat(undisturbed).containsOnlyKeys(NAME);
        assertThat(ends("jumping", "trials=5", List.of(HOUR, BACK, Duration.ZERO)))
                .isEqualTo(undisturbed);
    }

    static Stream<List<Duration>> jumps() {
        return Stream.of(List.of(HOUR, Duration.ZERO), List.of(BACK));
    }

    @ParameterizedTest
    @MethodSource("jumps")
    void aRunWithABudgetEndsOnceAndSoon(List<Duration> jumps) throws Exception {
        assertThat(ends("jumping", "budget=8s", jumps)).containsOnlyKeys(NAME).allSatisfy((name, end) -> assertThat(end)
                .doesNotContain(" AND ")
                .containsAnyOf("\"rank\":1,", "No trial ended within the budget"));
    }

    /** How the data set ends where each trial that is trained sets the clock to the next of these differences from the true time. */
    private Map<String, String> ends(String name, String bound, List<Duration> jumps) throws Exception {
        JumpingClock clock = new JumpingClock(jumps);
        try (MemoryServices services = MemoryServices.start(folder.resolve(name), clock, Transport.PROMPT)) {
            services.bus().watch(Set.of(EventType.TRIAL_TRAINED), trained -> clock.jump());
            services.drop(NAME, bound);
            services.awaitEnd(NAME, LONG);
            // An hour ahead may end a run with a budget before another of its trials could set the clock back.
            boolean mayEndEarly = bound.startsWith("budget");
            assertThat(clock.jumpsLeft()).isLessThan(mayEndEarly ? Math.max(1, jumps.size()) : 1);
            assertThat(services.deadLetters()).isEmpty();
            return services.ends();
        }
    }
}
