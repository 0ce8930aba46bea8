package io.millrace.planner.core;

import java.util.SplittableRandom;

/**
 * Probabilities of choices: half as declared, half as seen. Were what is declared outweighed by what was seen, as is usual, a choice that nobody
 * has tried would seem to promise most by that alone, and the search would go through all of them.
 */
final class ChoiceEstimator implements Estimator {
    private final double[] probabilities;

    /**
     * An estimator.
     *
     * @param weights probabilities before anything was seen, adding up to 1
     * @param seen numbers of choices, in any order; none gives the weights
     */
    ChoiceEstimator(double[] weights, double[] seen) {
        probabilities = weights.clone();
        if (seen.length > 0) {
            for (int i = 0; i < weights.length; i++) {
                probabilities[i] /= 2;
            }
            for (double choice : seen) {
                probabilities[(int) choice] += 0.5 / seen.length;
            }
        }
    }

    @Override
    public double density(double place) {
        return probabilities[(int) place];
    }

    @Override
    public double draw(SplittableRandom random) {
        double left = random.nextDouble();
        int choice = 0;
        while (choice < probabilities.length - 1 && left >= probabilities[choice]) {
            left -= probabilities[choice++];
        }
        return choice;
    }
}
