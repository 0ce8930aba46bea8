package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** By the formula: Deeplearning4j's Nadam lacks the correction of the squares and takes first steps that are far too long. */
class NadamTest {
    @Test
    void stepsAreThoseOfTheFormula() {
        float[] gradient = new float[1];
        Parameter parameter = new Parameter(new float[] {1}, gradient, 1, false);
        Nadam nadam = new Nadam(List.of(parameter), 0.9, 0.999);
        double x = 1;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 20; t++) {
            double g = Math.sin(t) + 0.3;
            gradient[0] = (float) g;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double ahead = (0.9 * m + 0.1 * g) / (1 - Math.pow(0.9, t));
            x -= 0.01 * ahead / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);

            nadam.step(0.01, 0);

            assertThat((double) parameter.values()[0]).isCloseTo(x, within(1e-5));
        }
    }
}
