package io.millrace.planner.core;

import java.util.List;

/**
 * Chooses the family of the next proposal by upper confidence bounds (in the manner of Bayes-UCB, Kaufmann et al., AISTATS 2012):
 * what another trial promises is the upper end of what is believed of the chance that it is the family's best so far, times
 * the gain, discounted by how far the family is behind. Time goes to families in proportion to their promise: the next is the
 * one whose promise per second already spent is greatest. By promise per second of the next trial alone, the cheapest family
 * would get everything, and an ensemble lives on families that err differently.
 */
final class FamilyBandit {
    /** What is believed before anything was seen, as trials: one in eight is better, by a hundredth. */
    private static final int HELPED = 1;

    private static final int DID_NOT = 7;
    private static final double GAIN = 0.01;
    private static final double GAIN_WEIGHT = 4;

    private FamilyBandit() {}

    /**
     * A family.
     *
     * @param family name
     * @param shortfalls what its trials lack to a perfect score, in their order; at least one
     * @param seconds time that its trials have taken or will take; above zero
     */
    record Arm(String family, List<Double> shortfalls, double seconds) {
        double best() {
            return shortfalls.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }
    }

    /**
     * A family's prospect.
     *
     * @param family name
     * @param improved trials that were better than all before them of the family
     * @param trials trials that could have been
     * @param gain mean share of the shortfall that an improvement takes
     * @param behind share of the least shortfall by which the family's best is above it
     */
    record Prospect(String family, int improved, int trials, double gain, double behind) {
        static Prospect of(Arm arm, double least) {
            double best = arm.shortfalls().get(0);
            double sum = GAIN * GAIN_WEIGHT;
            int improved = 0;
            for (double shortfall : arm.shortfalls()) {
                if (shortfall < best) {
                    improved++;
                    sum += Math.min(1, (best - shortfall) / Math.max(1e-12, Math.abs(best)));
                    best = shortfall;
                }
            }
            return new Prospect(
                    arm.family(),
                    improved,
                    arm.shortfalls().size() - 1,
                    sum / (GAIN_WEIGHT + improved),
                    (best - least) / Math.max(1e-12, Math.abs(least)));
        }

        /** What another trial promises: the chance is taken at a standard deviation above the mean of its beta posterior. */
        double promise() {
            double helped = HELPED + improved;
            double all = HELPED + DID_NOT + trials;
            double chance = helped / all;
            double optimistic = chance + Math.sqrt(chance * (1 - chance) / (all + 1));
            return optimistic * gain * Math.exp(-behind / Standings.COMPETITIVE);
        }
    }

    /** The family whose turn it is; of several the first. */
    static Prospect choose(List<Arm> arms) {
        double least = arms.stream().mapToDouble(Arm::best).min().orElseThrow();
        Prospect chosen = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Arm arm : arms) {
            Prospect prospect = Prospect.of(arm, least);
            double perSecond = prospect.promise() / arm.seconds();
            if (perSecond > most) {
                chosen = prospect;
                most = perSecond;
            }
        }
        return chosen;
    }
}
