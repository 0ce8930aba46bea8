package io.millrace.modelling.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetMeansTest {
    private static final int LEVELS = 40;
    private static final int ROWS = 2_000;
    private static final List<String> NAMES =
            IntStream.range(0, LEVELS).mapToObj(l -> "l" + l).toList();

    private final SplittableRandom random = new SplittableRandom(5);
    private final int[] codes =
            IntStream.range(0, ROWS).map(r -> random.nextInt(LEVELS - 1)).toArray(); // no row has the last level

    private static int[] rows(int n) {
        return IntStream.range(0, n).toArray();
    }

    /** The target is the level's number and noise. */
    private Table regression() {
        double[] target = IntStream.of(codes)
                .mapToDouble(c -> c + 5 * random.nextGaussian())
                .toArray();
        return new Tables().withCategory(NAMES, codes).regression(target);
    }

    private static Matrix encoded(TargetMeans means, Table table, int... rows) {
        Matrix into = Matrix.filled(rows.length, means.width(), 0);
        means.encode(table, rows, into, 0);
        return into;
    }

    private static Matrix encodedTraining(TargetMeans means, Table table, int... rows) {
        Matrix into = Matrix.filled(rows.length, means.width(), 0);
        means.encodeTraining(table, rows, into, 0);
        return into;
    }

    @Test
    void newRowsAreToldTheShrunkMeanOfAllTrainingRowsOfTheirLevel() {
        Table table = regression();
        TargetMeans means = TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow();
        double prior = IntStream.range(0, ROWS)
                .mapToDouble(r -> table.target()[r])
                .average()
                .orElseThrow();
        double[] ofLevel = IntStream.range(0, ROWS)
                .filter(r -> codes[r] == codes[0])
                .mapToDouble(r -> table.target()[r])
                .toArray();
        double sum = IntStream.range(0, ofLevel.length)
                .mapToDouble(i -> ofLevel[i] - prior)
                .sum();
        Shrinkage shrinkage = means.shrinkages().get(0);

        assertThat(encoded(means, table, 0).get(0, 0))
                .isCloseTo((float) (sum / (ofLevel.length + shrinkage.strength()) / shrinkage.spread()), within(1e-5f));
        assertThat(shrinkage.spread()).isCloseTo(11.3, within(1.5)); // 39 equal steps: their deviation is 11.25
        assertThat(shrinkage.strength()).isCloseTo(25 / 126.0, within(.1)); // the noise's variance over the levels'
    }

    @Test
    void aTrainingRowIsNotToldItsOwnTarget() {
        Table table = regression();
        double[] changed = table.target().clone();
        changed[7] += 1000;
        Table other = new Tables().withCategory(NAMES, codes).regression(changed);
        TargetMeans means = TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow();

        Matrix before = encodedTraining(means, table, rows(ROWS));
        Matrix after = encodedTraining(means, other, rows(ROWS));

        assertThat(after.get(7, 0)).isEqualTo(before.get(7, 0));
        assertThat(IntStream.range(0, ROWS).filter(r -> after.get(r, 0) != before.get(r, 0)))
                .as("rows of its level in other parts")
                .isNotEmpty()
                .allMatch(r -> codes[r] == codes[7]);
        assertThat(encoded(means, table, 7).get(0, 0)).isNotEqualTo(before.get(7, 0));
    }

    @Test
    void aLevelWithOneRowTeachesThatRowNothing() {
        codes[0] = LEVELS - 1;
        Table table = regression();
        TargetMeans means = TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow();

        assertThat(encodedTraining(means, table, rows(ROWS)).get(0, 0)).isZero();
        assertThat(encoded(means, table, 0).get(0, 0)).isNotZero();
    }

    @Test
    void unknownLevelsAreZeroAndMissingIsALevelOfItsOwn() {
        for (int r = 0; r < 100; r++) {
            codes[r] = Table.MISSING;
        }
        codes[200] = Table.UNKNOWN;
        double[] target = IntStream.of(codes)
                .mapToDouble(c -> (c == Table.MISSING ? 100 : c) + random.nextGaussian())
                .toArray();
        Table table = new Tables().withCategory(NAMES, codes).regression(target);
        TargetMeans means = TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow();

        assertThat(encoded(means, table, 0).get(0, 0)).isGreaterThan(2);
        assertThat(encoded(means, table, 200).get(0, 0)).isZero();
        assertThat(encodedTraining(means, table, rows(ROWS)).get(200, 0)).isZero();
    }

    @Test
    void aClassHasAColumnWhereItsShareDependsOnTheLevel() {
        double[] target = IntStream.of(codes)
                .mapToDouble(c -> random.nextInt(3) == 0 ? 2 : c % 2)
                .toArray();
        Table table = new Tables().withCategory(NAMES, codes).classification(List.of("even", "odd", "any"), target);

        assertThat(TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow().classes())
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void noMoreThanTenClassesHaveAColumn() {
        double[] target = IntStream.of(codes).mapToDouble(c -> c % 20).toArray();
        List<String> classes = IntStream.range(0, 20).mapToObj(c -> "c" + c).toList();
        Table table = new Tables().withCategory(NAMES, codes).classification(classes, target);

        assertThat(TargetMeans.fit(table, 0, rows(ROWS)).orElseThrow().width()).isEqualTo(10);
    }

    @Test
    void levelsThatDifferByChanceAreLeftOut() {
        int left = 0;
        for (int repeat = 0; repeat < 100; repeat++) {
            double[] target = random.ints(ROWS, 0, 2).asDoubleStream().toArray();
            Table table = new Tables().withCategory(NAMES, codes).classification(List.of("a", "b"), target);
            left += TargetMeans.fit(table, 0, rows(ROWS)).isEmpty() ? 1 : 0;
        }
        assertThat(left).isGreaterThanOrEqualTo(90);
    }

    @Test
    void fewLevelsAndLevelsThatNeverRepeatAreLeftOut() {
        double[] target = IntStream.range(0, LEVELS).mapToDouble(r -> r).toArray();
        int[] once = rows(LEVELS);
        int[] three = IntStream.of(once).map(r -> r % 3).toArray();
        Table table = new Tables()
                .withCategory(NAMES, once)
                .withCategory(NAMES.subList(0, 3), three)
                .regression(target);

        assertThat(TargetMeans.fit(table, 0, rows(LEVELS))).isEmpty();
        assertThat(TargetMeans.fit(table, 1, rows(LEVELS))).isEmpty();
    }

    @Test
    void aNetworkIsToldThemBesideTheEmbeddingAndReadsThemAgain() {
        Table table = regression();
        NetworkEncoder encoder = NetworkEncoder.fit(table, rows(ROWS));

        assertThat(encoder.codeColumns()).isEqualTo(1);
        assertThat(encoder.width()).isEqualTo(1);
        assertThat(NetworkEncoder.fromJson(encoder.toJson())).isEqualTo(encoder);
        assertThat(encoder.encodeTraining(table, rows(ROWS)).dense())
                .isNotEqualTo(encoder.encode(table, rows(ROWS)).dense());
    }
}
