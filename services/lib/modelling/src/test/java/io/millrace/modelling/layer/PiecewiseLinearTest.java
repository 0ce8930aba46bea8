package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PiecewiseLinearTest {
    private static final float[] EDGES = {-1, 0, 0.5f, 2};
    private static final int BINS = 3;

    /** The encoding as Gorishniy et al. (2022) define it, without a value beyond the outermost edges. */
    private static double encoded(double x, int bin) {
        return Math.max(0, Math.min(1, (x - EDGES[bin]) / (EDGES[bin + 1] - EDGES[bin])));
    }

    @Test
    void featuresAreTheEncodingTimesTheWeights() {
        PiecewiseLinear numbers = new PiecewiseLinear(new Edges(0, EDGES), 9);
        SplittableRandom random = new SplittableRandom(2);
        for (Parameter parameter : numbers.parameters()) {
            for (int i = 0; i < parameter.values().length; i++) {
                parameter.values()[i] = (float) random.nextGaussian();
            }
        }
        float[] x = {-9, -1, -0.3f, 0, 0.2f, 0.5f, 1.7f, 2, 40};
        float[] out = new float[x.length * numbers.width()];

        numbers.forward(x, 1, 0, out, numbers.width(), 0, x.length);

        float[] weights = numbers.parameters().get(0).values();
        float[] offsets = numbers.parameters().get(1).values();
        for (int r = 0; r < x.length; r++) {
            assertThat(out[r * numbers.width()]).isEqualTo(x[r]);
            for (int k = 0; k < PiecewiseLinear.FEATURES; k++) {
                double expected = offsets[k];
                for (int bin = 0; bin < BINS; bin++) {
                    expected += encoded(x[r], bin) * weights[bin * PiecewiseLinear.FEATURES + k];
                }
                assertThat((double) out[r * numbers.width() + 1 + k])
                        .as("feature %d of %s", k, x[r])
                        .isCloseTo(expected, within(1e-5));
            }
        }
    }
}
