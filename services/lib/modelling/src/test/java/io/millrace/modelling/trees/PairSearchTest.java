package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.encode.NumberPair;
import io.millrace.modelling.encode.NumberPair.Operation;
import io.millrace.modelling.encode.Operand;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairSearchTest {
    private static final int ROWS = 4_500;

    /** Three numbers of different sizes after a letter, and a target that follows from two of them and the noise of a third. */
    private static Table table(Operation operation) {
        Random random = new Random(3);
        double[] one = random.doubles(ROWS, 1, 3).toArray();
        double[] other = random.doubles(ROWS, 100, 300).toArray();
        double[] noise = random.doubles(ROWS, -1, 1).toArray();
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> 0.05 * noise[r]
                        + switch (operation) {
                            case SUM -> Math.sin(3 * (one[r] + other[r] / 100));
                            case DIFFERENCE -> Math.sin(3 * (one[r] - other[r] / 100));
                            case PRODUCT -> Math.sin(one[r] * other[r] / 100);
                            case RATIO -> Math.sin(300 * one[r] / other[r]);
                        })
                .toArray();
        return new TableBuilder()
                .categories("letter", List.of("a", "b"), random.ints(ROWS, 0, 2).toArray())
                .numbers("one", one)
                .numbers("noise", noise)
                .numbers("other", other)
                .build(Task.REGRESSION, List.of(), 3, target);
    }

    private static List<NumberPair> best(Table table, int most) {
        return PairSearch.best(most, table, table.trainingRows(0));
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatTheTargetFollowsFrom(Operation operation) {
        assertThat(best(table(operation), 2)).anySatisfy(pair -> {
            assertThat(pair.operation()).isEqualTo(operation);
            assertThat(List.of(pair.first().feature(), pair.second().feature())).containsExactlyInAnyOrder(1, 3);
        });
    }

    /** From nothing trees gain most by the sum, of which they know most by its summands. */
    @Test
    void findsWhatAddsToWhatIsKnownRatherThanWhatMattersMost() {
        Random random = new Random(7);
        List<double[]> numbers = Stream.generate(
                        () -> random.doubles(ROWS, -1, 1).toArray())
                .limit(4)
                .toList();
        TableBuilder builder = new TableBuilder();
        for (int n = 0; n < numbers.size(); n++) {
            builder.numbers("number " + n, numbers.get(n));
        }
        Table table = builder.build(
                Task.REGRESSION,
                List.of(),
                3,
                IntStream.range(0, ROWS)
                        .mapToDouble(r -> 2 * (numbers.get(0)[r] + numbers.get(1)[r])
                                + Math.sin(5 * (numbers.get(2)[r] - numbers.get(3)[r])))
                        .toArray());

        NumberPair best = best(table, 1).get(0);

        assertThat(best.operation()).isEqualTo(Operation.DIFFERENCE);
        assertThat(List.of(best.first().feature(), best.second().feature())).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void pairsACategoryWithANumberByWhatTheTargetIsOnAverage() {
        Random random = new Random(5);
        int[] letters = random.ints(ROWS, 0, 5).toArray();
        double[] numbers = random.doubles(ROWS, 0, 5).toArray();
        int[] heights = {3, 0, 4, 1, 2};
        Table table = new TableBuilder()
                .categories("letter", List.of("a", "b", "c", "d", "e"), letters)
                .numbers("number", numbers)
                .numbers("noise", random.doubles(ROWS).toArray())
                .build(
                        Task.REGRESSION,
                        List.of(),
                        3,
                        IntStream.range(0, ROWS)
                                .mapToDouble(r -> Math.pow(heights[letters[r]] + numbers[r], 2))
                                .toArray());

        NumberPair best = best(table, 1).get(0);

        assertThat(List.of(best.first().feature(), best.second().feature())).containsExactly(1, 0);
        assertThat(best.second().ranks().subList(1, 6)).isEqualTo(List.of(5, 1, 6, 2, 3));
    }

    @Test
    void findsAsManyAsAreAskedFor() {
        assertThat(best(table(Operation.SUM), 2)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void looksAtTrainingRowsOnly() {
        Table table = table(Operation.RATIO);
        Table other = table(Operation.RATIO);
        for (int row : other.rowsOf(0)) {
            other.numbers(1)[row] = 0;
            other.numbers(2)[row] = other.target()[row];
            other.target()[row] = -other.target()[row];
        }

        assertThat(best(other, 16)).isEqualTo(best(table, 16));
    }

    @Test
    void looksAtRowsOnlyOnce() {
        Table table = table(Operation.RATIO);
        List<NumberPair> before = best(table, 4);
        Arrays.fill(table.target(), 0);

        assertThat(best(table, 4)).isEqualTo(before);
        assertThat(best(table, 2)).isEqualTo(before.subList(0, 2));
        assertThat(PairSearch.best(4, table, table.trainingRows(1))).isEmpty();
    }

    @Test
    void fewRowsWithAClassOfOneAndTextsOfNoCommonWordAreEnoughToLookAt() {
        for (int rows = 1; rows < 12; rows++) {
            Table table = new TableBuilder()
                    .numbers("one", IntStream.range(0, rows).asDoubleStream().toArray())
                    .numbers("other", new Random(1).doubles(rows).toArray())
                    .texts(
                            "text",
                            Stream.of("abcdefghijklm".split("")).limit(rows).toArray(String[]::new))
                    .build(
                            Task.BINARY,
                            List.of("no", "yes"),
                            2,
                            IntStream.range(0, rows)
                                    .mapToDouble(r -> r == 0 ? 1 : 0)
                                    .toArray());

            assertThat(PairSearch.best(16, table, IntStream.range(0, rows).toArray()))
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void oneNumberIsNoPair() {
        Table table = new TableBuilder()
                .numbers("one", 1, 2, 3, 4, 5, 6)
                .categories("letter", List.of("a", "b"), 0, 1, 0, 1, 0, 1)
                .build(Task.REGRESSION, List.of(), 3, 1, 2, 3, 4, 5, 6);

        assertThat(best(table, 16)).isEmpty();
    }

    @Test
    void aCellOfTwoNumbersIsMissingWhereOneIsOrWhereItIsNoNumber() {
        Table table = new TableBuilder()
                .numbers("one", 3, 2, Double.NaN, 1, 1e300)
                .numbers("other", 4, 0, 5, Double.NaN, 1e300)
                .build(Task.REGRESSION, List.of(), 2, new double[5]);
        float[] values = new float[5 * 4];
        List<NumberPair> all = NumberPair.of(new Operand(0, 1, 2, List.of()), new Operand(1, 0, 4, List.of()));
        for (int column = 0; column < 4; column++) {
            new PairColumn(all.get(column)).write(table, new int[] {0, 1, 2, 3, 4}, new Cells(values, 4, column));
        }

        assertThat(values).isEqualTo(new float[] {
            2, 0, 12, .75f, //
            .5f, .5f, 0, Float.NaN, //
            Float.NaN, Float.NaN, Float.NaN, Float.NaN, //
            Float.NaN, Float.NaN, Float.NaN, Float.NaN, //
            Float.NaN, Float.NaN, Float.NaN, 1
        });
    }

    @Test
    void aColumnIsReadAsItWasWrittenWhenOnlyTreesHadPairs() throws IOException {
        String written =
                "{\"kind\":\"pair\",\"operation\":\"RATIO\",\"first\":{\"feature\":0,\"origin\":1.0,\"unit\":2.0},"
                        + "\"second\":{\"feature\":3,\"origin\":0.0,\"unit\":4.0}}";

        assertThat(new JsonMapper().readValue(written, FeatureColumn.class))
                .isEqualTo(new PairColumn(new NumberPair(
                        Operation.RATIO, new Operand(0, 1, 2, List.of()), new Operand(3, 0, 4, List.of()))));
    }

    @Test
    void boostingWithPairsLearnsWhatIsAStaircaseToSingleNumbers() {
        Table table = table(Operation.RATIO);

        assertThat(rmse(table, Optional.of(8))).isLessThan(0.5 * rmse(table, Optional.empty()));
    }

    /** What boosting scores on validation rows; its model is read again and predicts the same. */
    private static double rmse(Table table, Optional<Integer> pairs) {
        int[] rows = table.rowsOf(0);
        TreesConfiguration trees =
                TreesLearnerTest.boosting(60).but().pairs(pairs).build();
        Fitted fitted = new TreesLearner().fit(TreesLearnerTest.job(table, trees, Metric.RMSE), () -> false);
        try (var model = fitted.model();
                var again = TreesModel.read(model.parts(), table.profile())) {
            Matrix predictions = model.predict(table, rows);
            assertThat(again.predict(table, rows).values()).isEqualTo(predictions.values());
            return Scoring.score(Metric.RMSE, Targets.of(table, rows), predictions);
        }
    }

    @Test
    void forestsMakeNoPairs() {
        TreesConfiguration forest =
                TreesLearnerTest.forest(5).but().pairs(Optional.of(8)).build();

        assertThatThrownBy(() -> new TreesLearner()
                        .fit(TreesLearnerTest.job(table(Operation.SUM), forest, Metric.RMSE), () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only boosting makes columns of two numbers");
    }
}
