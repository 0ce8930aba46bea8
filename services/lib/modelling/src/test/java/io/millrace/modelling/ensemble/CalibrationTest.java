package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.CalibrationError;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void probabilitiesThatAreTooTimidAreSharpened() {
        Sample truth = Sample.of(8_000, p -> p);
        Matrix timid = new Temperature(2).apply(truth.predictions);
        Calibration chosen = chosen(Metric.LOG_LOSS, truth.target, timid, 1);
        assertThat(chosen).isInstanceOf(Temperature.class);
        assertThat(((Temperature) chosen).value()).isCloseTo(0.5, within(0.05));
        assertThat(Scoring.score(Metric.LOG_LOSS, truth.target, chosen.apply(timid)))
                .isLessThan(Scoring.score(Metric.LOG_LOSS, truth.target, timid));
    }

    @Test
    void probabilitiesThatAreTooBoldAreSoftened() {
        Sample truth = Sample.of(8_000, p -> p);
        Matrix bold = new Temperature(0.5).apply(truth.predictions);
        Calibration chosen = chosen(Metric.LOG_LOSS, truth.target, bold, 1);
        assertThat(((Temperature) chosen).value()).isCloseTo(2, within(0.2));
    }

    @Test
    void whatNoTemperatureMendsAnIsotonicCurveDoes() {
        // Said is a probability that comes true half as often, which no power of the odds turns around.
        Sample truth = Sample.of(12_000, p -> p / 2);
        Calibration chosen = chosen(Metric.LOG_LOSS, truth.target, truth.predictions, 1);
        Sample others = Sample.of(12_001, p -> p / 2);
        assertThat(chosen).isInstanceOf(Isotonic.class);
        assertThat(CalibrationError.of(others.target, others.predictions)).isGreaterThan(0.1);
        assertThat(CalibrationError.of(others.target, chosen.apply(others.predictions)))
                .isLessThan(0.02);
    }

    @Test
    void foldModelsAreAveragedGeometricallyWhereThereWereRowsToCalibrate() {
        assertThat(finish(Metric.LOG_LOSS, 8_000).geometric()).isTrue();
        assertThat(finish(Metric.LOG_LOSS, 200).geometric()).isFalse();
        assertThat(finish(Metric.ACCURACY, 8_000).geometric()).isFalse();
    }

    private static Finish finish(Metric metric, int rows) {
        Sample sample = Sample.of(rows, p -> p);
        List<Matrix> members = List.of(sample.predictions);
        double[] weights = {1};
        return FinishWay.choose(metric, sample.target, members, weights, 1, () -> false)
                .fit(sample.target, members, weights, 1);
    }

    @Test
    void classesAreCalibratedEachAgainstTheRestAndAddUpToOne() {
        SplittableRandom random = new SplittableRandom(3);
        int rows = 15_000;
        double[] target = new double[rows];
        Matrix said = Matrix.filled(rows, 3, 0);
        for (int r = 0; r < rows; r++) {
            double first = random.nextDouble(0.1, 0.9);
            said.set(r, 0, (float) first);
            said.set(r, 1, (float) (1 - first) / 2);
            said.set(r, 2, (float) (1 - first) / 2);
            // The third class comes three times as often as the second, though the model thinks them equal.
            target[r] = random.nextDouble() < first ? 0 : random.nextDouble() < 0.25 ? 1 : 2;
        }
        Matrix calibrated = chosen(Metric.LOG_LOSS, target, said, 1).apply(said);
        assertThat(Scoring.score(Metric.LOG_LOSS, target, calibrated))
                .isLessThan(Scoring.score(Metric.LOG_LOSS, target, said) - 0.03);
        for (int r = 0; r < rows; r++) {
            assertThat(calibrated.get(r, 0) + calibrated.get(r, 1) + calibrated.get(r, 2))
                    .isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void fewRowsAndOtherMetricsAreLeftAlone() {
        Sample few = Sample.of(2_999, p -> p);
        Sample many = Sample.of(4_000, p -> p);
        assertThat(chosen(Metric.LOG_LOSS, few.target, new Temperature(2).apply(few.predictions), 1))
                .isEqualTo(Temperature.NONE);
        assertThat(chosen(Metric.AUC, many.target, new Temperature(2).apply(many.predictions), 1))
                .isEqualTo(Temperature.NONE);
    }

    @Test
    void aTemperatureKeepsRowsAddingUpToOne() {
        Matrix p = new Matrix(1, 3, new float[] {0.7f, 0.3f, 0f});
        Matrix scaled = new Temperature(0.5).apply(p);
        assertThat(scaled.get(0, 0)).isCloseTo(0.49f / 0.58f, within(1e-6f));
        assertThat(scaled.get(0, 0) + scaled.get(0, 1) + scaled.get(0, 2)).isCloseTo(1, within(1e-6f));
        assertThat(Temperature.NONE.apply(p)).isSameAs(p);
    }

    @Test
    void theCalibrationErrorIsTheMeanDistanceOfSaidFromCame() {
        // Ten rows say .9 and five of them are right; ten say .6 and six are right.
        Matrix said = Matrix.filled(20, 2, 0);
        double[] target = new double[20];
        for (int r = 0; r < 20; r++) {
            float p = r < 10 ? 0.9f : 0.6f;
            said.set(r, 0, p);
            said.set(r, 1, 1 - p);
            target[r] = r < 10 ? r % 2 : r < 16 ? 0 : 1;
        }
        assertThat(CalibrationError.of(target, said)).isCloseTo(0.2, within(1e-6));
    }

    private static Calibration chosen(Metric metric, double[] target, Matrix predictions, long seed) {
        return Calibration.fit(Calibration.choose(metric, target, predictions, seed), target, predictions, seed);
    }

    /** What was said, and a class that came by some function of it. */
    private record Sample(double[] target, Matrix predictions) {
        static Sample of(int rows, DoubleUnaryOperator came) {
            SplittableRandom random = new SplittableRandom(17 + rows);
            double[] target = new double[rows];
            Matrix p = Matrix.filled(rows, 2, 0);
            for (int r = 0; r < rows; r++) {
                float one = (float) random.nextDouble(0.02, 0.98);
                p.set(r, 1, one);
                p.set(r, 0, 1 - one);
                target[r] = random.nextDouble() < came.applyAsDouble(one) ? 1 : 0;
            }
            return new Sample(target, p);
        }
    }
}
