package io.millrace.planner.core.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpacesTest {
    private static final String HEAD =
            """
            | quantity | values | unit | means something | moves | source |
            |---|---|---|---|---|---|
            """;

    @Test
    void everyFamilyHasASpace() {
        assertThat(Spaces.ALL).extracting(Space::family).containsExactlyInAnyOrderElementsOf(Configuration.FAMILIES);
    }

    @Test
    void everyDimensionHasAUnitASourceAndAChanceAndNoneIsThereTwice() {
        assertThat(Spaces.ALL).allSatisfy(space -> {
            assertThat(space.dimensions()).extracting(d -> d.quantity().name()).doesNotHaveDuplicates();
            assertThat(space.dimensions()).allSatisfy(d -> {
                assertThat(d.quantity().name()).isNotBlank();
                assertThat(d.quantity().unit()).isNotBlank();
                assertThat(d.source()).isNotBlank();
                assertThat(d.moved()).isGreaterThan(0).isLessThanOrEqualTo(1);
            });
        });
    }

    @Test
    void everyPlaceIsThatOfItsValue() {
        assertThat(Spaces.ALL)
                .allSatisfy(space -> assertThat(space.dimensions()).allSatisfy(d -> isThereAndBack(d.values())));
    }

    private static <T> void isThereAndBack(Values<T> values) {
        values.all()
                .forEach(value -> assertThat(values.value(values.place(value))).isEqualTo(value));
        double last = Math.max(1, values.weights().length - 1);
        for (double place : new double[] {0, 1, last}) {
            assertThat(values.contains(values.value(place))).isTrue();
            assertThat(values.place(values.value(place))).isEqualTo(place);
        }
    }

    @Test
    void aVariantStaysNearWhatItVaries() {
        Ladder ladder = Ladder.ladder(16, 32, 64, 128, 256).reaching(1);
        Stretch stretch = Stretch.logarithmic(4, 400).varied(0.7, 1.6).ofWholeNumbers();

        assertThat(ladder.near(64.0).all()).containsExactly(32.0, 64.0, 128.0);
        assertThat(ladder.near(1000.0).all()).containsExactly(128.0, 256.0);
        assertThat(stretch.near(100.0).value(0)).isEqualTo(70);
        assertThat(stretch.near(100.0).value(1)).isEqualTo(160);
        assertThat(stretch.near(5.0).value(0)).isEqualTo(4);
        assertThat(stretch.place(401.0)).isNaN();
    }

    @Test
    void whatIsSwitchedOffIsAllowedThoughItHasNoPlace() {
        Stretch decay = Stretch.logarithmic(1e-5, 0.2).orZero();

        assertThat(decay.contains(0.0)).isTrue();
        assertThat(decay.place(0.0)).isNaN();
        assertThat(decay.near(0.0)).isEqualTo(decay);
        assertThat(Stretch.logarithmic(1e-5, 0.2).contains(0.0)).isFalse();
    }

    /** The document holds what the declarations say; where they differ, the new one lies in target. */
    @Test
    void theDocumentTellsEveryDimension() throws IOException {
        List<String> tables = Spaces.ALL.stream().map(SpacesTest::table).toList();
        Files.writeString(Path.of("target", "spaces.md"), String.join("\n", tables));

        assertThat(Files.readString(Path.of("SPACES.md"))).contains(String.join("\n", tables));
    }

    private static String table(Space<?> space) {
        int all = Spaces.ALL.stream().mapToInt(Space::share).sum();
        return "## " + space.family() + "\n\nOf " + all + " samples " + space.share() + " are of this family.\n\n"
                + HEAD + space.dimensions().stream().map(SpacesTest::row).collect(Collectors.joining());
    }

    private static String row(Dimension<?, ?> d) {
        String only = d.quantity().only();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f %% | %s |\n",
                d.quantity().name(),
                d.values(),
                d.quantity().unit(),
                only.isEmpty() ? "always" : only,
                100 * d.moved(),
                d.source());
    }
}
