package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** By the formula, with gradients that shrink: only then is the largest mean of squares so far another than the present one. */
class AmsGradTest {
    private static final double BETA_2 = 0.9;

    @Test
    void stepsAreThoseOfTheFormula() {
        float[] gradient = new float[1];
        Parameter amsGrad = new Parameter(new float[] {1}, gradient, 1, false);
        Parameter adam = new Parameter(new float[] {1}, gradient, 1, false);
        AmsGrad stepper = new AmsGrad(List.of(amsGrad), 0.9, BETA_2);
        Adam other = new Adam(List.of(adam), 0.9, BETA_2);
        double x = 1;
        double m = 0;
        double v = 0;
        double most = 0;
        for (int t = 1; t <= 20; t++) {
            double g = t <= 5 ? 3 + Math.sin(t) : 0.1 * Math.sin(t);
            gradient[0] = (float) g;
            m = 0.9 * m + 0.1 * g;
            v = BETA_2 * v + (1 - BETA_2) * g * g;
            most = Math.max(most, v);
            x -= 0.01 * m / (1 - Math.pow(0.9, t)) / (Math.sqrt(most / (1 - Math.pow(BETA_2, t))) + 1e-8);

            stepper.step(0.01, 0);
            other.step(0.01, 0);

            assertThat((double) amsGrad.values()[0]).isCloseTo(x, within(1e-5));
        }
        assertThat((double) adam.values()[0]).as("without the largest mean").isNotCloseTo(x, within(1e-3));
    }
}
