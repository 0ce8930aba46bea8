package io.millrace.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.metrics.Measure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the names against the conventions at prometheus.io/docs/practices/naming. */
class MeasureTest {
    private static final Set<String> UNBOUNDED =
            Set.of("run", "run_id", "trial", "trial_id", "dataset", "name", "subject", "trace_id", "user");
    private static final List<String> FOREIGN_UNITS =
            List.of("_ms", "_millis", "_milliseconds", "_minutes", "_hours", "_kb", "_mb", "_gb", "_percent");

    @ParameterizedTest
    @EnumSource(Measure.class)
    void aNameFollowsTheConventions(Measure measure) {
        String name = measure.metric();
        assertThat(name).matches("millrace_[a-z][a-z0-9]*(_[a-z0-9]+)*");
        assertThat(name.endsWith("_total"))
                .as("only a counter ends in _total")
                .isEqualTo(measure.kind() == Kind.COUNTER);
        assertThat(name.endsWith("_seconds") && !name.endsWith("_timestamp_seconds"))
                .as("times are histograms of seconds")
                .isEqualTo(measure.kind() == Kind.SECONDS);
        assertThat(FOREIGN_UNITS).as("base units").noneMatch(name::endsWith);
        assertThat(name)
                .as("endings that a client adds")
                .doesNotEndWith("_count")
                .doesNotEndWith("_sum")
                .doesNotEndWith("_bucket");
    }

    @ParameterizedTest
    @EnumSource(Measure.class)
    void noLabelGrowsWithTheRuns(Measure measure) {
        assertThat(measure.labels()).doesNotHaveDuplicates().doesNotContainAnyElementsOf(UNBOUNDED);
    }

    @Test
    void noNameIsMadeTwice() {
        assertThat(Arrays.stream(Measure.values()).map(Measure::metric)).doesNotHaveDuplicates();
    }

    @Test
    void theReadmeListsEveryMetricWithItsLabels() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(Measure.values()).allSatisfy(measure -> assertThat(readme)
                .contains("| `" + measure.metric() + "` | "
                        + measure.labels().stream()
                                .map(l -> "`" + l + "`")
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("")
                        + " |"));
    }
}
