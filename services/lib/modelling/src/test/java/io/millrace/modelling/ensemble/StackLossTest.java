package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackLossTest {
    private static final int ROWS = 50;

    private final SplittableRandom random = new SplittableRandom(4);
    private final double[][] terms = {values(ROWS), values(ROWS), values(ROWS)};

    @Test
    void squaresAreTheMeanSquaredErrorOfTheSum() {
        double[] target = values(ROWS);
        double[] x = {.2, .5, .7, -.3};
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            double error = .2 * terms[0][r] + .5 * terms[1][r] + .7 * terms[2][r] - .3 - target[r];
            sum += error * error;
        }
        assertThat(new StackLoss.Squares(terms, target).at(x, null)).isCloseTo(sum / ROWS, within(1e-12));
    }

    @Test
    void gradientsAreThoseOfTheLosses() {
        assertThatGradientFits(new StackLoss.Squares(terms, values(ROWS)), .2, .5, .7, -.3);
        double[] classes = random.ints(ROWS / 2, 0, 2).asDoubleStream().toArray();
        assertThatGradientFits(new StackLoss.CrossEntropy(terms, classes, 2), .2, .5, .7, -.3, .4);
    }

    private static void assertThatGradientFits(StackLoss loss, double... x) {
        double[] gradient = new double[x.length];
        Arrays.fill(gradient, 9); // is set, not added to
        loss.at(x, gradient);
        for (int i = 0; i < x.length; i++) {
            double[] more = x.clone();
            double[] less = x.clone();
            more[i] += 1e-5;
            less[i] -= 1e-5;
            assertThat(gradient[i]).isCloseTo((loss.at(more, null) - loss.at(less, null)) / 2e-5, within(1e-8));
        }
    }

    private double[] values(int count) {
        return random.doubles(count, -1, 1).toArray();
    }
}
