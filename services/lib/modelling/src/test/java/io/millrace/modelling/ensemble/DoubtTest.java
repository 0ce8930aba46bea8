package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import org.junit.jupiter.api.Test;

class DoubtTest {
    @Test
    void aConfidentMistakeCostsWhatTheRowsJustify() {
        Matrix sure = new Matrix(1, 3, new float[] {1, 0, 0});

        Matrix doubted = Doubt.apply(sure, Doubt.of(Metric.LOG_LOSS, 99));

        assertThat(doubted.get(0, 0)).isCloseTo(0.999f + 0.001f / 3, within(1e-6f));
        assertThat(doubted.get(0, 1)).isCloseTo(0.001f / 3, within(1e-6f));
        assertThat(doubted.get(0, 0) + doubted.get(0, 1) + doubted.get(0, 2)).isCloseTo(1, within(1e-6f));
    }

    @Test
    void whatIsNotJudgedByItsProbabilitiesStays() {
        Matrix sure = new Matrix(1, 2, new float[] {1, 0});

        assertThat(Doubt.apply(sure, Doubt.of(Metric.ACCURACY, 98))).isSameAs(sure);
        assertThat(Doubt.of(Metric.RMSE, 10)).isZero();
    }
}
