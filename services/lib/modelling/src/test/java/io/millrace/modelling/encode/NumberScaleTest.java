package io.millrace.modelling.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.ColumnKind;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberScaleTest {
    private static final int ROWS = 3_000;

    private final SplittableRandom random = new SplittableRandom(3);
    private final double[] normal =
            IntStream.range(0, ROWS).mapToDouble(r -> random.nextGaussian()).toArray();
    private final double[] longTailed =
            Arrays.stream(normal).map(x -> Math.exp(2 * x)).toArray();

    private static NumberScale scale(double[] values) {
        return NumberScale.of(
                values.clone(),
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).max().orElse(0));
    }

    @Test
    void longTailsMakeTheScaleNormalAndShortOnesLeaveItRobust() {
        assertThat(scale(normal)).isInstanceOf(RobustScale.class);
        assertThat(scale(longTailed)).isInstanceOf(NormalScale.class);
    }

    @Test
    void fewRowsAndColumnsOfMostlyOneValueStayRobust() {
        double[] mostlyZero = longTailed.clone();
        Arrays.fill(mostlyZero, 0, 2_300, 0);
        assertThat(scale(Arrays.copyOf(longTailed, 299))).isInstanceOf(RobustScale.class);
        assertThat(scale(mostlyZero)).isInstanceOf(RobustScale.class);
    }

    @Test
    void quantilesBecomeThoseOfTheNormalDistribution() {
        NumberScale scale = scale(longTailed);
        for (double q : new double[] {.05, .25, .5, .75, .95}) {
            assertThat(scale.apply(Math.exp(2 * Normal.quantile(q)))).isCloseTo(Normal.quantile(q), within(0.1));
        }
    }

    @Test
    void theScaleNeverFallsAndItsEndsAreFinite() {
        NumberScale scale = scale(longTailed);
        double before = scale.apply(-1e300);
        assertThat(before).isBetween(-3.5, -2.0);
        for (double value : Arrays.stream(longTailed).sorted().toArray()) {
            double now = scale.apply(value);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(scale.apply(1e300)).isCloseTo(-scale.apply(-1e300), within(1e-9));
    }

    @Test
    void aValueThatMostRowsHaveIsInTheMiddleOfItsShare() {
        double[] values = new double[1000];
        for (int r = 800; r < 1000; r++) {
            values[r] = r;
        }
        // it fills the share from 0 to .8
        assertThat(NormalScale.of(values).apply(0)).isCloseTo(Normal.quantile(.4), within(0.05));
    }

    @Test
    void theNormalQuantileIsThatOfTheTables() {
        assertThat(Normal.quantile(.5)).isZero();
        assertThat(Normal.quantile(.975)).isCloseTo(1.959963985, within(1e-8));
        assertThat(Normal.quantile(.001)).isCloseTo(-3.090232306, within(1e-8));
    }

    @Test
    void anEncoderFromBeforeThereWasAChoiceIsRead() {
        String old = "{\"dense\":[{\"kind\":\"number\",\"feature\":0,\"scale\":{\"center\":2.0,\"factor\":0.5},"
                + "\"mean\":2.0,\"indicator\":false}],\"embedded\":[]}";
        Table table = new Tables().with(ColumnKind.NUMERIC, 4).regression(0);
        Matrix encoded = NetworkEncoder.fromJson(old.getBytes(StandardCharsets.UTF_8))
                .encode(table, new int[] {0})
                .dense();
        assertThat(encoded.get(0, 0)).isCloseTo((float) (1 / Math.sqrt(1 + 1 / 9.0)), within(1e-6f));
    }

    @Test
    void aNormalScaleThatIsReadAgainScalesTheSame() {
        Table table = new Tables().with(ColumnKind.NUMERIC, longTailed).regression(new double[ROWS]);
        int[] rows = IntStream.range(0, ROWS).toArray();
        NetworkEncoder encoder = NetworkEncoder.fit(table, rows);
        NetworkEncoder read = NetworkEncoder.fromJson(encoder.toJson());
        assertThat(read).isEqualTo(encoder);
        assertThat(read.encode(table, rows).dense())
                .isEqualTo(encoder.encode(table, rows).dense());
    }
}
