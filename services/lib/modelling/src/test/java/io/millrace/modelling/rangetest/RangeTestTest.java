package io.millrace.modelling.rangetest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.ColumnKind;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import io.millrace.modelling.trees.PairedNumbers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeTestTest {
    private static Table table(int rows) {
        double[] x = new Random(1).doubles(rows, -1, 1).toArray();
        double[] y = Arrays.stream(x).map(v -> 3 * v + 1).toArray();
        return new Tables().with(ColumnKind.NUMERIC, x).regression(y);
    }

    private static NetworkConfiguration network(Optimizer optimizer) {
        return new NetworkConfiguration("mlp", List.of(16), Activation.RELU, 4, 0, 0, 0, optimizer, 32, 10, 10);
    }

    private static RangeTest.Result run(Table table, Optimizer optimizer) {
        int[] rows = IntStream.range(0, table.rows()).toArray();
        return RangeTest.run(table, rows, network(optimizer), 1, () -> false);
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerGetsAUsableRangeOnAFewRows(Optimizer optimizer) {
        RangeTest.Result result = run(table(60), optimizer);

        assertThat(result.chosen().max()).isBetween(1e-5, 1.0);
        assertThat(result.chosen().base()).isLessThan(result.chosen().max()).isPositive();
        assertThat(result.agreement()).isGreaterThanOrEqualTo(1);
        assertThat(result.curve().rates()).hasSameSizeAs(result.curve().smoothed());
        assertThat(result.curve().losses()).allSatisfy(l -> assertThat(l).isFinite());
    }

    @Test
    void theSameTestTwiceGivesTheSameCurve() {
        Table table = table(500);

        assertThat(run(table, Optimizer.ADAM)).isEqualTo(run(table, Optimizer.ADAM));
    }

    @Test
    void theTestSeesThePairsThatTrainingSees() {
        Table table = PairedNumbers.multiplied(500);
        NetworkConfiguration paired =
                network(Optimizer.ADAM).but().pairs(Optional.of(2)).build();
        int[] rows = IntStream.range(0, 500).toArray();

        RangeTest.Result plain = run(table, Optimizer.ADAM);
        RangeTest.Result result = RangeTest.run(table, rows, paired, 1, () -> false);

        assertThat(Collections.min(result.curve().smoothed()))
                .isLessThan(0.8 * Collections.min(plain.curve().smoothed()));
    }

    @Test
    void aTestThatIsStoppedAtOnceStillNamesARange() {
        int[] rows = IntStream.range(0, 60).toArray();

        RangeTest.Result result = RangeTest.run(table(60), rows, network(Optimizer.ADAM), 1, () -> true);

        assertThat(result.curve().stoppedBy()).isEqualTo("deadline");
        assertThat(result.chosen().max()).isPositive();
    }

    @Test
    void aSampleOfRowsIsSeededAscendingAndWithoutRepetition() {
        int[] rows = IntStream.range(0, 1000).map(i -> 2 * i).toArray();

        int[] sample = RowSample.of(rows, 100, 4);

        assertThat(sample).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(rows).contains(sample);
        assertThat(RowSample.of(rows, 100, 4)).containsExactly(sample);
        assertThat(RowSample.of(rows, 5000, 4)).isSameAs(rows);
    }
}
