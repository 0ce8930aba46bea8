package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.configuration.BoostingBase;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.StopRule;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreesLearnerTest {
    private static final List<String> LETTERS = List.of("a", "b", "c", "d");

    static TreesConfiguration boosting(int rounds) {
        return new TreesConfiguration("boosting", rounds, 0.2, 4, 0, 1, 0.8, 0.8, 1, 0, 64, 10);
    }

    static TreesConfiguration forest(int trees) {
        return new TreesConfiguration("forest", trees, 1, 8, 0, 2, 0.63, 0.7, 0, 0, 64, 10);
    }

    static Stream<TreesConfiguration> families() {
        return Stream.of(boosting(30), forest(20));
    }

    /** Rows of every kind of column with missing cells; the class follows from number, letter and word. */
    static Table mixed(int rows, int classes) {
        Random random = new Random(7);
        double[] number = random.doubles(rows, -1, 1)
                .map(x -> random.nextInt(10) == 0 ? Double.NaN : x)
                .toArray();
        int[] letter = random.ints(rows, -1, 3).toArray(); // the level "d" is in no row
        double[] instant = random.doubles(rows, 1.6e9, 1.7e9).toArray();
        String[] text = IntStream.range(0, rows)
                .mapToObj(r -> random.nextInt(10) == 0 ? null : random.nextBoolean() ? "Free prize, call!" : "See you.")
                .toArray(String[]::new);
        double[] target = IntStream.range(0, rows)
                .mapToDouble(r -> {
                    double score = (number[r] > 0 ? 1 : 0)
                            + (letter[r] == 1 ? 1 : 0)
                            + (text[r] != null && text[r].startsWith("Free") ? 1 : 0)
                            + 0.3 * random.nextGaussian();
                    return classes == 1 ? 1000 + 50 * score : Math.max(0, Math.min(classes - 1, Math.round(score)));
                })
                .toArray();
        Task task = classes == 1 ? Task.REGRESSION : classes == 2 ? Task.BINARY : Task.MULTICLASS;
        return new TableBuilder()
                .numbers("number", number)
                .categories("letter", LETTERS, letter)
                .numbers("instant", ColumnKind.DATETIME, instant)
                .texts("text", text)
                .build(task, classes == 1 ? List.of() : LETTERS.subList(0, classes), 3, target);
    }

    static TrainingJob job(Table table, TreesConfiguration trees, Metric metric) {
        return FirstFold.job(table, trees, metric, 42);
    }

    private static Fitted fit(TrainingJob job) {
        return new TreesLearner().fit(job, () -> false);
    }

    private static double[] targets(Table table, int[] rows) {
        return Targets.of(table, rows);
    }

    @ParameterizedTest
    @MethodSource("families")
    void learnsFromNumbersCategoriesAndTexts(TreesConfiguration trees) {
        Table table = mixed(1500, 2);
        Fitted fitted = fit(job(table, trees, Metric.LOG_LOSS));
        try (var model = fitted.model()) {
            Matrix predictions = model.predict(table, table.rowsOf(0));
            assertThat(Scoring.score(Metric.ACCURACY, targets(table, table.rowsOf(0)), predictions))
                    .isGreaterThan(0.85);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void predictsInUnitsOfTheTarget(TreesConfiguration trees) {
        Table table = mixed(1500, 1);
        try (var model = fit(job(table, trees, Metric.RMSE)).model()) {
            Matrix predictions = model.predict(table, table.rowsOf(0));
            assertThat(Scoring.score(Metric.RMSE, targets(table, table.rowsOf(0)), predictions))
                    .isLessThan(25); // noise alone is 15, the spread of the target 44
        }
    }

    /** A sum of four numbers and a letter's steps, and a little that is none. */
    private static Table sum() {
        Random random = new Random(5);
        int rows = 1200;
        int[] letter = random.ints(rows, 0, 4).toArray();
        double[] target = IntStream.range(0, rows)
                .mapToDouble(r -> 30 * letter[r] + random.nextGaussian())
                .toArray();
        TableBuilder table = new TableBuilder().categories("letter", LETTERS, letter);
        for (int n = 0; n < 4; n++) {
            double[] number = random.doubles(rows, -100, 100).toArray();
            table.numbers("number " + n, number);
            for (int r = 0; r < rows; r++) {
                target[r] += number[r] + (n == 0 && number[r] > 0 ? 20 : 0);
            }
        }
        return table.build(Task.REGRESSION, List.of(), 3, target);
    }

    /** What boosting from a base scores on validation rows; its model is read again, and its curve told the same. */
    private static double scoreFrom(BoostingBase base, Table table, Metric metric) {
        int[] rows = table.rowsOf(0);
        TreesConfiguration trees = boosting(60).but().base(Optional.of(base)).build();
        Fitted fitted = fit(job(table, trees, metric));
        try (var model = fitted.model();
                var again = TreesModel.read(model.parts(), table.profile())) {
            Matrix predictions = model.predict(table, rows);
            assertThat(again.predict(table, rows).values()).isEqualTo(predictions.values());
            double score = Scoring.score(metric, targets(table, rows), predictions);
            // While it is fitted the base is in XGBoost's memory, afterwards it is handed over with the rows.
            assertThat(fitted.curve().kept().validationError()).isCloseTo(score, withinPercentage(.1));
            return score;
        }
    }

    @Test
    void treesOverALinearModelNeedNotDrawSumsAsStaircases() {
        Table table = sum();

        assertThat(scoreFrom(BoostingBase.LINEAR, table, Metric.RMSE)) // noise alone is 1
                .isLessThan(0.3 * scoreFrom(BoostingBase.CONSTANT, table, Metric.RMSE));
    }

    /** Classes by a sum of four numbers. */
    private static Table classesOfSum(Task task, double... bounds) {
        Table sum = sum();
        TableBuilder table = new TableBuilder().categories("letter", LETTERS, sum.codes(0));
        for (int n = 0; n < 4; n++) {
            table.numbers("number " + n, sum.numbers(n + 1));
        }
        double[] target = Arrays.stream(sum.target())
                .map(y -> Arrays.stream(bounds).filter(b -> y > b).count())
                .toArray();
        return table.build(task, LETTERS.subList(0, bounds.length + 1), 3, target);
    }

    @Test
    void treesOverLogisticRegressionTellClassesOfASumBetter() {
        Table table = classesOfSum(Task.BINARY, 50);

        assertThat(scoreFrom(BoostingBase.LINEAR, table, Metric.LOG_LOSS))
                .isLessThan(0.6 * scoreFrom(BoostingBase.CONSTANT, table, Metric.LOG_LOSS));
    }

    @Test
    void treesOverMultinomialRegressionTellClassesOfASumBetter() {
        Table table = classesOfSum(Task.MULTICLASS, 0, 100);

        assertThat(scoreFrom(BoostingBase.LINEAR, table, Metric.LOG_LOSS))
                .isLessThan(0.8 * scoreFrom(BoostingBase.CONSTANT, table, Metric.LOG_LOSS));
    }

    @Test
    void forestsHaveNoLinearModelToBeginWith() {
        TreesConfiguration forest =
                forest(5).but().base(Optional.of(BoostingBase.LINEAR)).build();

        assertThatThrownBy(() -> fit(job(mixed(300, 1), forest, Metric.RMSE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only boosting can begin with a linear model");
    }

    @ParameterizedTest
    @MethodSource("families")
    void probabilitiesOfARowAddUpToOne(TreesConfiguration trees) {
        Table table = mixed(900, 4);
        try (var model = fit(job(table, trees, Metric.LOG_LOSS)).model()) {
            Matrix predictions = model.predict(table, table.rowsOf(0));
            for (int r = 0; r < predictions.rows(); r++) {
                double sum = 0;
                for (int c = 0; c < 4; c++) {
                    assertThat(predictions.get(r, c)).isPositive();
                    sum += predictions.get(r, c);
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aClassWithoutTrainingRowsIsStillPredicted(TreesConfiguration trees) {
        List<String> classes = IntStream.range(0, 23).mapToObj(c -> "c" + c).toList();
        double[] target = IntStream.range(0, 690)
                .mapToDouble(r -> r % 3 == 0 ? r / 3 % 23 : r / 3 % 20)
                .toArray();
        double[] number = Arrays.stream(target).map(y -> y * 1.5).toArray();
        Table table = new TableBuilder().numbers("n", number).build(Task.MULTICLASS, classes, 3, target);
        try (var model = fit(job(table, trees, Metric.LOG_LOSS)).model()) {
            Matrix predictions = model.predict(table, table.rowsOf(0));
            assertThat(predictions.columns()).isEqualTo(23);
            for (float p : predictions.values()) {
                assertThat(p).as("rare, not impossible").isPositive();
            }
            assertThat(Scoring.score(Metric.ACCURACY, targets(table, table.rowsOf(0)), predictions))
                    .isGreaterThan(0.8);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void unknownAndMissingCellsArePredicted(TreesConfiguration trees) {
        Table table = mixed(900, 2);
        try (var model = fit(job(table, trees, Metric.LOG_LOSS)).model()) {
            Table fresh = new Table(
                    table.profile(),
                    2,
                    List.of(
                            new double[] {Double.NaN, 1e300},
                            new int[] {Table.UNKNOWN, 3},
                            new double[] {Double.NaN, 1e18},
                            new String[] {null, "words never seen"}),
                    new double[0],
                    new int[0]);
            for (float p : model.predict(fresh, new int[] {0, 1}).values()) {
                assertThat(p).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theSameJobGivesTheSameBytesAlsoBesideABusyNeighbour(TreesConfiguration trees) throws Exception {
        Table table = mixed(900, 3);
        Map<String, byte[]> alone = parts(job(table, trees, Metric.LOG_LOSS));
        AtomicBoolean enough = new AtomicBoolean();
        Thread neighbour = new Thread(() -> {
            while (!enough.get()) {
                new TreesLearner()
                        .fit(job(mixed(300, 2), boosting(5), Metric.AUC), enough::get)
                        .model()
                        .close();
            }
        });
        neighbour.start();
        try {
            parts(job(mixed(300, 2), boosting(3), Metric.AUC)); // what this thread did before must not tell either
            Map<String, byte[]> beside = parts(job(table, trees, Metric.LOG_LOSS));
            assertThat(beside.keySet()).isEqualTo(alone.keySet());
            alone.forEach(
                    (name, content) -> assertThat(beside.get(name)).as(name).isEqualTo(content));
        } finally {
            enough.set(true);
            neighbour.join();
        }
    }

    private static Map<String, byte[]> parts(TrainingJob job) {
        try (var model = fit(job).model()) {
            return model.parts();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aModelThatIsReadAgainPredictsTheSame(TreesConfiguration trees) {
        for (int classes = 1; classes <= 3; classes++) {
            Table table = mixed(600, classes);
            Metric metric = table.profile().task().defaultMetric();
            try (var model = fit(job(table, trees, metric)).model();
                    var read = TreesModel.read(model.parts(), table.profile())) {
                assertThat(read.predict(table, table.rowsOf(1))).isEqualTo(model.predict(table, table.rowsOf(1)));
                assertThat(read.parts().keySet()).isEqualTo(model.parts().keySet());
            }
        }
    }

    private static void assertThatItIsReadFrom(Map<String, byte[]> parts, FittedModel model, Table table) {
        try (var read = TreesModel.read(parts, table.profile())) {
            assertThat(read.predict(table, table.rowsOf(1))).isEqualTo(model.predict(table, table.rowsOf(1)));
        }
    }

    /** 300 levels, few rows each; the level's number decides most of the class. */
    private static Table manyLevels() {
        Random random = new Random(9);
        List<String> levels = IntStream.range(0, 300).mapToObj(l -> "l" + l).toList();
        int[] codes = random.ints(2400, 0, 300).toArray();
        double[] target = IntStream.of(codes)
                .mapToDouble(c -> random.nextInt(5) == 0 ? random.nextInt(2) : c * 7 % 2)
                .toArray();
        return new TableBuilder()
                .categories("level", levels, codes)
                .build(Task.BINARY, LETTERS.subList(0, 2), 3, target);
    }

    @ParameterizedTest
    @MethodSource("families")
    void aCategoryOfManyLevelsIsLearnedByItsTargetStatistics(TreesConfiguration trees) {
        Table table = manyLevels();
        try (var model = fit(job(table, trees, Metric.LOG_LOSS)).model()) {
            assertThat(new String(model.parts().get("encoder.json"), StandardCharsets.UTF_8))
                    .contains("\"kind\":\"target\"");
            assertThat(Scoring.score(
                            Metric.ACCURACY, targets(table, table.rowsOf(0)), model.predict(table, table.rowsOf(0))))
                    .isGreaterThan(0.8); // by rank it is no better than .6
            assertThatItIsReadFrom(model.parts(), model, table);
        }
    }

    /** Three of ten elements each, a hundred and twenty lists of a few rows; the class is whether one of them is there. */
    private static Table lists() {
        Random random = new Random(4);
        List<String> levels = IntStream.range(0, 1 << 10)
                .filter(set -> Integer.bitCount(set) == 3)
                .mapToObj(set -> IntStream.range(0, 10)
                        .filter(e -> (set >> e & 1) == 1)
                        .mapToObj(e -> "element " + e)
                        .collect(Collectors.joining(", ")))
                .toList();
        int[] codes = random.ints(720, 0, levels.size()).toArray();
        double[] target = IntStream.of(codes)
                .mapToDouble(c -> levels.get(c).contains("element 4") ? 1 : 0)
                .toArray();
        return new TableBuilder()
                .categories("list", levels, codes)
                .build(Task.BINARY, LETTERS.subList(0, 2), 3, target);
    }

    @ParameterizedTest
    @MethodSource("families")
    void aCategoryOfListsIsLearnedByTheirElements(TreesConfiguration trees) {
        Table table = lists();
        try (var model = fit(job(table, trees, Metric.LOG_LOSS)).model()) {
            assertThat(Scoring.score(
                            Metric.ACCURACY, targets(table, table.rowsOf(0)), model.predict(table, table.rowsOf(0))))
                    .isGreaterThan(0.97); // half of the lists are in four rows or fewer
            assertThatItIsReadFrom(model.parts(), model, table);
        }
    }

    @Test
    void aModelFromBeforeThereWereElementsIsRead() {
        Table table = mixed(300, 2);
        try (var model = fit(job(table, boosting(10), Metric.LOG_LOSS)).model()) {
            Map<String, byte[]> parts = new HashMap<>(model.parts());
            String encoder = new String(parts.get("encoder.json"), StandardCharsets.UTF_8);
            assertThat(encoder).contains(",\"elements\":[]");
            parts.put("encoder.json", encoder.replace(",\"elements\":[]", "").getBytes(StandardCharsets.UTF_8));
            assertThatItIsReadFrom(parts, model, table);
        }
    }

    @Test
    void trainingRowsAreEncodedWithoutTheirOwnTargets() {
        Table table = manyLevels();
        int[] rows = table.trainingRows(0);
        TreesEncoder encoder = TreesEncoder.fit(table, rows);
        double[] flipped = table.target().clone();
        flipped[rows[0]] = 1 - flipped[rows[0]];
        Table other = new Table(table.profile(), table.rows(), List.of(table.codes(0)), flipped, table.folds());

        assertThat(encoder.encodeTraining(other, rows)[0]).isEqualTo(encoder.encodeTraining(table, rows)[0]);
        assertThat(encoder.encodeTraining(other, rows)).isNotEqualTo(encoder.encodeTraining(table, rows));
    }

    @Test
    void damagedPartsAreRefused() {
        Table table = mixed(300, 2);
        Map<String, byte[]> parts = parts(job(table, boosting(3), Metric.LOG_LOSS));
        assertThatThrownBy(() -> TreesModel.read(Map.of("kind", new byte[0]), table.profile()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encoder.json");
        Map<String, byte[]> damaged = new HashMap<>(parts);
        damaged.put("form.json", "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> TreesModel.read(damaged, table.profile()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("form.json is damaged");
    }

    @Test
    void boostingStopsByPatienceAndPredictsFromItsBestRound() {
        Table table = mixed(600, 2);
        Fitted fitted = fit(job(table, boosting(2000), Metric.LOG_LOSS));
        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("patience");
            Point best = fitted.curve().kept();
            double loss = Scoring.score(
                    Metric.LOG_LOSS, targets(table, table.rowsOf(0)), model.predict(table, table.rowsOf(0)));
            assertThat(loss).isCloseTo(best.validationLoss(), within(1e-6));
            assertThat(fitted.curve()
                            .points()
                            .get(fitted.curve().points().size() - 1)
                            .step())
                    .isEqualTo(best.step() + 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void theCurveCarriesEveryMetricAsScoringDefinesIt(Metric metric) {
        for (int classes : metric.fits(Task.REGRESSION) ? new int[] {1} : new int[] {2, 4}) {
            Table table = mixed(600, classes);
            Fitted fitted = fit(job(table, boosting(40), metric));
            try (var model = fitted.model()) {
                Point best = fitted.curve().kept();
                double score =
                        Scoring.score(metric, targets(table, table.rowsOf(0)), model.predict(table, table.rowsOf(0)));
                assertThat(best.validationError())
                        .isCloseTo(metric.asError(score), within(1e-4 * Math.max(1, Math.abs(score))));
            }
        }
    }

    @Test
    void theLossStandsInForTheDeterminationOfTargetsThatAreAllTheSame() {
        double[] x = IntStream.range(0, 300).asDoubleStream().toArray();
        double[] target = Arrays.stream(x).map(v -> v % 5 == 0 ? 0.1 : v % 7).toArray();
        Table table = new TableBuilder().numbers("x", x).build(Task.REGRESSION, List.of(), 5, target);

        Fitted fitted = fit(job(table, boosting(40), Metric.R2));

        fitted.model().close();
        assertThat(fitted.curve().points()).isNotEmpty().allSatisfy(p -> assertThat(p.validationError())
                .isEqualTo(p.validationLoss()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStopKeepsWhatThereIs(boolean forest) {
        Table table = mixed(600, 2);
        AtomicInteger asked = new AtomicInteger();
        Fitted fitted = new TreesLearner()
                .fit(
                        job(table, forest ? forest(100) : boosting(100), Metric.LOG_LOSS),
                        () -> asked.incrementAndGet() >= 3);
        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("deadline");
            assertThat(fitted.curve().points()).hasSize(3);
            assertThat(asked).hasValue(3);
            assertThat(model.predict(table, new int[] {0}).get(0, 1)).isBetween(0f, 1f);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRuleEndsAFitAtTheMarkWhereOthersWereBetter(boolean forest) {
        TrainingJob whole = job(mixed(600, 2), forest ? forest(100) : boosting(100), Metric.LOG_LOSS);
        // Of the forest mark -4 is at 50 trees; boosting comes to mark 4, which is at 2, by rounds of .2.
        StopRule rule = new StopRule(0, 5, forest ? -5 : 3, List.of(10.0, 1e-9));
        Fitted fitted = fit(whole.under(rule));
        try (var model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("median");
            assertThat(fitted.curve()
                            .points()
                            .get(fitted.curve().points().size() - 1)
                            .step())
                    .isEqualTo(forest ? 50 : 10);
            assertThat(model.predict(whole.table(), new int[] {0}).get(0, 1)).isBetween(0f, 1f);
        }
    }

    @Test
    void whatItCannotTrainIsRefused() {
        Table table = mixed(300, 2);
        TreesConfiguration shrubs = new TreesConfiguration("shrubs", 10, 0.2, 4, 0, 1, 1, 1, 1, 0, 64, 10);
        assertThatThrownBy(() -> fit(job(table, shrubs, Metric.LOG_LOSS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not as 'shrubs'");
        assertThatThrownBy(() -> fit(job(table, boosting(3), Metric.LOG_LOSS).trainedOn(new int[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 training");
    }
}
