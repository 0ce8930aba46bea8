package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NumberForm;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Metric;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.network.TargetCoding;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaussianLearnerTest {
    private static final int ROWS = 600;
    private static final GaussianConfiguration USUAL = new GaussianConfiguration(NumberForm.PLAIN, 100, 500);

    private final GaussianLearner learner = new GaussianLearner();
    private final Random random = new Random(5);
    private final double[] x = random.doubles(ROWS, -1, 1).toArray();
    private final double[] y = random.doubles(ROWS, -1, 1).toArray();

    /** Two coordinates so many times, a category, and a number with holes. */
    private Tables features(int times) {
        Random noise = new Random(7);
        Tables tables = new Tables()
                .withCategory(List.of("a", "b", "c"), noise.ints(ROWS, -1, 3).toArray())
                .with(
                        ColumnKind.NUMERIC,
                        noise.doubles(ROWS).map(v -> v < .1 ? Double.NaN : v).toArray());
        for (int i = 0; i < times; i++) {
            tables = tables.with(ColumnKind.NUMERIC, x).with(ColumnKind.NUMERIC, y);
        }
        return tables;
    }

    /** Inside and outside of a circle, whose middle is that of all. */
    private Table circle(int times) {
        return features(times)
                .classification(
                        List.of("in", "out"),
                        IntStream.range(0, ROWS)
                                .mapToDouble(r -> x[r] * x[r] + y[r] * y[r] < .6 ? 0 : 1)
                                .toArray());
    }

    private Table numbers() {
        return features(1)
                .regression(IntStream.range(0, ROWS)
                        .mapToDouble(r -> 1_000 + 50 * Math.sin(3 * x[r]) * y[r])
                        .toArray());
    }

    private static TrainingJob job(Table table, GaussianConfiguration configuration) {
        return FirstFold.job(table, configuration, table.profile().task().defaultMetric(), 7);
    }

    private double score(Table table, Metric metric) {
        TrainingJob job = job(table, USUAL);
        try (FittedModel model = learner.fit(job, () -> false).model()) {
            return Scoring.score(
                    metric, TargetCoding.of(table, job.validation()), model.predict(table, job.validation()));
        }
    }

    @Test
    void classesOfOneMeanAreToldByTheirSpread() {
        assertThat(score(circle(1), Metric.LOG_LOSS)).isLessThan(.45); // a linear model has .69
    }

    @Test
    void columnsThatTellTheSameDoNotMakeItSurer() {
        assertThat(score(circle(6), Metric.LOG_LOSS)).isLessThan(1.1 * score(circle(1), Metric.LOG_LOSS));
    }

    @Test
    void itLearnsAValueInItsOwnUnits() {
        assertThat(score(numbers(), Metric.R2)).isGreaterThan(.9);
    }

    @Test
    void equalJobsGiveEqualModelsWhichAreReadAgain() {
        for (Table table : List.of(circle(1), numbers())) {
            TrainingJob job = job(table, USUAL);
            try (FittedModel one = learner.fit(job, () -> false).model();
                    FittedModel two = learner.fit(job, () -> false).model();
                    FittedModel read = GaussianModel.read(one.parts(), table.profile())) {
                Matrix predictions = one.predict(table, job.validation());
                assertThat(two.predict(table, job.validation())).isEqualTo(predictions);
                assertThat(read.predict(table, job.validation())).isEqualTo(predictions);
            }
        }
    }

    @Test
    void manyClassesHaveFewerColumns() {
        List<String> levels =
                IntStream.range(0, 300).mapToObj(i -> "class " + i).toList();
        Tables tables = new Tables();
        for (int c = 0; c < 80; c++) {
            tables = tables.with(ColumnKind.NUMERIC, random.doubles(ROWS).toArray());
        }
        Table table = tables.classification(
                levels, IntStream.range(0, ROWS).mapToDouble(r -> r % 300).toArray());

        try (FittedModel model = learner.fit(job(table, USUAL), () -> false).model()) {
            assertThat(NetworkEncoder.fromJson(model.parts().get("encoder.json"))
                            .width())
                    .isEqualTo(57); // of 100, so that 300 squares are within a million
            assertThat(model.predict(table, table.rowsOf(0)).columns()).isEqualTo(300);
        }
    }

    @Test
    void itsOnlyPointHasTheErrorOfTheModel() {
        TrainingJob job = job(circle(1), USUAL);
        Fitted fitted = learner.fit(job, () -> false);
        try (FittedModel model = fitted.model()) {
            double loss = Scoring.score(
                    Metric.LOG_LOSS,
                    TargetCoding.of(job.table(), job.validation()),
                    model.predict(job.table(), job.validation()));
            assertThat(fitted.curve().points()).singleElement().satisfies(point -> assertThat(point.validationError())
                    .isEqualTo(loss));
            assertThat(fitted.curve().stoppedBy()).isEqualTo("completed");
        }
    }

    @Test
    void aStopEndsTheComparison() {
        Fitted fitted = learner.fit(job(circle(1), USUAL), () -> true);
        try (FittedModel model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("deadline");
            assertThat(model.parts()).containsKeys("kind", "encoder.json", "densities.json");
        }
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        try (FittedModel narrow =
                        learner.fit(job(circle(1), USUAL), () -> false).model();
                FittedModel wide =
                        learner.fit(job(circle(2), USUAL), () -> false).model()) {
            Map<String, byte[]> parts = new HashMap<>(narrow.parts());
            parts.put("densities.json", wide.parts().get("densities.json"));
            assertThatThrownBy(() -> GaussianModel.read(parts, circle(1).profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
            assertThatThrownBy(
                            () -> GaussianModel.read(narrow.parts(), numbers().profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
            parts.remove("densities.json");
            assertThatThrownBy(() -> GaussianModel.read(parts, circle(1).profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no part densities.json");
        }
    }
}
