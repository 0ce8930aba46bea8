package io.millrace.modelling.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Metric;
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

class NeighboursLearnerTest {
    private static final int ROWS = 600;
    private static final int NOISE = 12;
    private static final NeighboursConfiguration USUAL = new NeighboursConfiguration(8_192, 150, 64, .05, .6, 1, 150);

    private final NeighboursLearner learner = new NeighboursLearner();

    /** Two coordinates, which decide, a category, and numbers that tell nothing. */
    private static Tables features() {
        Random random = new Random(5);
        Tables tables = new Tables()
                .with(ColumnKind.NUMERIC, random.doubles(ROWS, -1, 1).toArray())
                .with(ColumnKind.NUMERIC, random.doubles(ROWS, -1, 1).toArray())
                .withCategory(List.of("a", "b", "c"), random.ints(ROWS, -1, 3).toArray());
        for (int c = 0; c < NOISE; c++) {
            tables = tables.with(ColumnKind.NUMERIC, random.doubles(ROWS, -1, 1).toArray());
        }
        return tables;
    }

    /** A chessboard of nine fields. */
    private static Table classes() {
        Table plain = features().regression(new double[ROWS]);
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> Math.floorMod(field(plain.numbers(0)[r]) + field(plain.numbers(1)[r]), 2))
                .toArray();
        return features().classification(List.of("black", "white"), target);
    }

    private static Table numbers() {
        Table plain = features().regression(new double[ROWS]);
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> 1000 + 50 * Math.sin(3 * plain.numbers(0)[r]) * plain.numbers(1)[r])
                .toArray();
        return features().regression(target);
    }

    private static int field(double coordinate) {
        return (int) Math.floor((coordinate + 1) * 1.5);
    }

    private static TrainingJob job(Table table, NeighboursConfiguration configuration) {
        return FirstFold.job(table, configuration, table.profile().task().defaultMetric(), 7);
    }

    private Fitted fit(TrainingJob job) {
        return learner.fit(job, () -> false);
    }

    private double score(Table table, NeighboursConfiguration configuration, Metric metric) {
        TrainingJob job = job(table, configuration);
        try (FittedModel model = fit(job).model()) {
            return Scoring.score(
                    metric, TargetCoding.of(table, job.validation()), model.predict(table, job.validation()));
        }
    }

    @Test
    void itLearnsWhichColumnsTellWhatIsNear() {
        Table table = classes();

        double learnt = score(table, USUAL, Metric.LOG_LOSS);
        double begun = score(table, USUAL.withSteps(1), Metric.LOG_LOSS);

        assertThat(learnt).isLessThan(.55 * begun);
    }

    @Test
    void itLearnsAValueInItsOwnUnits() {
        assertThat(score(numbers(), USUAL, Metric.R2)).isGreaterThan(.9);
    }

    @Test
    void probabilitiesAddUpAndNoneIsCertain() {
        TrainingJob job = job(classes(), USUAL.withScale(20).withSteps(1));
        try (FittedModel model = fit(job).model()) {
            Matrix predictions = model.predict(job.table(), job.validation());
            for (int r = 0; r < predictions.rows(); r++) {
                assertThat(predictions.get(r, 0) + predictions.get(r, 1)).isCloseTo(1, within(1e-5f));
                assertThat(predictions.get(r, 0)).isBetween(.005f, .995f);
            }
        }
    }

    @Test
    void equalJobsGiveEqualModelsWhichAreReadAgain() {
        TrainingJob job = job(classes(), USUAL.withSteps(20));
        try (FittedModel one = fit(job).model();
                FittedModel two = fit(job).model();
                FittedModel read = NeighboursModel.read(one.parts(), job.table().profile())) {
            Matrix predictions = one.predict(job.table(), job.validation());
            assertThat(two.predict(job.table(), job.validation())).isEqualTo(predictions);
            assertThat(read.predict(job.table(), job.validation())).isEqualTo(predictions);
        }
    }

    @Test
    void theScalesWithTheLeastErrorAreKept() {
        TrainingJob job = job(classes(), USUAL.withLearningRate(.5).withL1(0).withPatience(30));
        Fitted fitted = fit(job);
        try (FittedModel model = fitted.model()) {
            var points = fitted.curve().points();
            var best = points.get(fitted.curve().best());
            double loss = Scoring.score(
                    Metric.LOG_LOSS,
                    TargetCoding.of(job.table(), job.validation()),
                    model.predict(job.table(), job.validation()));
            assertThat(points).allSatisfy(p -> assertThat(p.validationError()).isGreaterThanOrEqualTo(loss - 1e-9));
            assertThat(best.validationError()).isEqualTo(loss);
            assertThat(fitted.curve().stoppedBy()).isEqualTo("patience");
            assertThat(points.get(points.size() - 1).step() - best.step()).isEqualTo(30);
        }
    }

    @Test
    void aStopEndsItWithWhatItHas() {
        Fitted fitted = learner.fit(job(classes(), USUAL), () -> true);
        try (FittedModel model = fitted.model()) {
            assertThat(fitted.curve().stoppedBy()).isEqualTo("deadline");
            assertThat(fitted.curve().points()).hasSize(1);
            assertThat(model.parts()).containsKeys("kind", "encoder.json", "rows.matrix");
        }
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        TrainingJob job = job(classes(), USUAL.withSteps(1));
        try (FittedModel model = fit(job).model()) {
            Map<String, byte[]> parts = new HashMap<>(model.parts());
            parts.put("scales.matrix", Matrix.filled(1, 2, 1).toBytes());
            assertThatThrownBy(() -> NeighboursModel.read(parts, job.table().profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
            parts.remove("scales.matrix");
            assertThatThrownBy(() -> NeighboursModel.read(parts, job.table().profile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no part scales.matrix");
        }
    }
}
