package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureTest {
    @Test
    void probabilitiesThatAreTooTimidAreSharpened() {
        Calibrated truth = Calibrated.sample(8_000);
        Matrix timid = Temperature.apply(truth.predictions, 2);
        double fitted = Temperature.fit(Metric.LOG_LOSS, truth.target, timid, 1);
        assertThat(fitted).isCloseTo(0.5, within(0.05));
        assertThat(Scoring.score(Metric.LOG_LOSS, truth.target, Temperature.apply(timid, fitted)))
                .isLessThan(Scoring.score(Metric.LOG_LOSS, truth.target, timid));
    }

    @Test
    void probabilitiesThatAreTooBoldAreSoftened() {
        Calibrated truth = Calibrated.sample(8_000);
        Matrix bold = Temperature.apply(truth.predictions, 0.5);
        assertThat(Temperature.fit(Metric.LOG_LOSS, truth.target, bold, 1)).isCloseTo(2, within(0.2));
    }

    @Test
    void fewRowsAndOtherMetricsAreLeftAlone() {
        Calibrated few = Calibrated.sample(2_999);
        Calibrated many = Calibrated.sample(4_000);
        Matrix timid = Temperature.apply(few.predictions, 2);
        assertThat(Temperature.fit(Metric.LOG_LOSS, few.target, timid, 1)).isEqualTo(1);
        assertThat(Temperature.fit(Metric.AUC, many.target, Temperature.apply(many.predictions, 2), 1))
                .isEqualTo(1);
    }

    @Test
    void rowsStillAddUpToOneAndKeepTheirOrder() {
        Matrix p = new Matrix(1, 3, new float[] {0.7f, 0.3f, 0f});
        Matrix scaled = Temperature.apply(p, 0.5);
        assertThat(scaled.get(0, 0)).isCloseTo(0.49f / 0.58f, within(1e-6f));
        assertThat(scaled.get(0, 0) + scaled.get(0, 1) + scaled.get(0, 2)).isCloseTo(1, within(1e-6f));
        assertThat(Temperature.apply(p, 1)).isSameAs(p);
    }

    /** Probabilities that are right: classes are drawn from them. */
    private record Calibrated(double[] target, Matrix predictions) {
        static Calibrated sample(int rows) {
            SplittableRandom random = new SplittableRandom(17);
            double[] target = new double[rows];
            Matrix p = Matrix.filled(rows, 2, 0);
            for (int r = 0; r < rows; r++) {
                float one = (float) random.nextDouble(0.02, 0.98);
                p.set(r, 1, one);
                p.set(r, 0, 1 - one);
                target[r] = random.nextDouble() < one ? 1 : 0;
            }
            return new Calibrated(target, p);
        }
    }
}
