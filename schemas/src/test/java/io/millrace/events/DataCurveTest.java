package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DataCurveTest {
    @Test
    void aPowerLawIsContinuedExactly() {
        DoubleUnaryOperator law = rows -> 0.2 + 3 * Math.pow(rows, -0.4);
        List<Double> losses = List.of(law.applyAsDouble(250), law.applyAsDouble(500), law.applyAsDouble(1000));

        assertThat(DataCurve.gainOfDoubling(losses))
                .isCloseTo(law.applyAsDouble(1000) - law.applyAsDouble(2000), within(1e-12));
    }

    @Test
    void aCurveThatRisesPromisesNothing() {
        assertThat(DataCurve.gainOfDoubling(List.of(0.4, 0.5, 0.45))).isZero();
        assertThat(DataCurve.gainOfDoubling(List.of(0.4, 0.4, 0.4))).isZero();
    }

    @Test
    void noDoublingIsTakenToShrinkTheNextOnesGainByMoreThanHalf() {
        assertThat(DataCurve.gainOfDoubling(List.of(0.50, 0.44, 0.44))).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void aCurveThatLooksSteeperFromDoublingToDoublingIsContinuedStraight() {
        assertThat(DataCurve.gainOfDoubling(List.of(0.50, 0.49, 0.40))).isCloseTo(0.05, within(1e-12));
        assertThat(DataCurve.gainOfDoubling(List.of(0.50, 0.52, 0.40))).isCloseTo(0.05, within(1e-12));
    }
}
