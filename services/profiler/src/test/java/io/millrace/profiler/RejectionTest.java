package io.millrace.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetRejected;
import io.millrace.events.RunSettings;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RejectionTest {
    private static final RunSettings Y = Profiled.target("y");

    @TempDir
    Path scratch;

    private static String rows(String header, String... cycle) {
        return IntStream.range(0, 60)
                .mapToObj(i -> cycle[i % cycle.length].replace("#", "" + i))
                .collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    private static RunSettings asked(Task task, Metric metric, String time) {
        return new RunSettings(
                Optional.of("y"),
                Optional.ofNullable(task),
                Optional.ofNullable(metric),
                Y.budget(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(time),
                Optional.empty());
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("empty-file", "", Y),
                Arguments.of("header-only", "a,y\n", Y),
                Arguments.of("empty-target", rows("a,y", "1,", "2,NA"), Y),
                Arguments.of("one-class", rows("a,y", "1,x", "2,x"), Y),
                Arguments.of("constant-target", rows("a,y", "1,3", "2,3"), asked(Task.REGRESSION, null, null)),
                Arguments.of("no-features", rows("id,flat,y", "#,1,x", "#,1,z"), Y),
                Arguments.of("too-few-rows", "a,y\n1,x\n2,z\n3,x\n", Y),
                Arguments.of("too-many-classes", rows("a,y", "1,w#"), Y),
                Arguments.of("task-does-not-fit", rows("a,y", "1,x", "2,z"), asked(Task.REGRESSION, null, null)),
                Arguments.of("task-does-not-fit", rows("a,y", "1,x", "2,z", "3,v"), asked(Task.BINARY, null, null)),
                Arguments.of("metric-does-not-fit", rows("a,y", "1,x", "2,z"), asked(null, Metric.RMSE, null)),
                Arguments.of("no-such-time-column", rows("a,y", "1,x", "2,z"), asked(null, null, "when")),
                Arguments.of("no-such-time-column", rows("a,y", "p,x", "q,z"), asked(null, null, "a")),
                Arguments.of(
                        "no-such-time-column",
                        rows("week,a,y", "2026-W#,1,x", "2026-W#,2,z"),
                        asked(null, null, "week")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whatCannotBeUsedIsRejectedWithAReasonAndARemedy(String problem, String content, RunSettings settings)
            throws IOException {
        DatasetRejected rejected = new Profiled(scratch).rejected(content, settings);

        assertThat(rejected.problem()).isEqualTo(problem);
        assertThat(rejected.message()).isNotBlank();
        assertThat(rejected.remedy()).isNotBlank();
    }

    @Test
    void aTargetThatIsNotThereNamesTheNearest() throws IOException {
        DatasetRejected rejected =
                new Profiled(scratch).rejected(rows("age,income,outcome", "1,2,3"), Profiled.target("incom"));

        assertThat(rejected.problem()).isEqualTo("no-such-target");
        assertThat(rejected.message()).contains("'incom'; the nearest are income");
    }

    @Test
    void aTimeColumnThatIsNotThereNamesTheNearestOfHoweverMany() throws IOException {
        String many =
                IntStream.range(0, 150).mapToObj(i -> "feature".repeat(70) + i).collect(Collectors.joining(","));
        DatasetRejected rejected =
                new Profiled(scratch).rejected(rows("month,y," + many, "1,x", "2,z"), asked(null, null, "monht"));

        assertThat(rejected.problem()).isEqualTo("no-such-time-column");
        assertThat(rejected.message()).contains("'monht'", "month");
        assertThat(Json.write(rejected)).hasSizeLessThan(CloudEvents.VALUE_LIMIT);
    }

    @Test
    void binaryRubbishIsRejected() throws IOException {
        byte[] rubbish = new byte[10_000];
        new Random(1).nextBytes(rubbish);

        assertThat(new Profiled(scratch).rejected(rubbish, Y).problem()).isEqualTo("binary-file");
    }
}
