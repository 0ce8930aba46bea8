package io.millrace.e2e.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How contenders rank in blocks in which all of them ran: the same data set under the same seed. Blocks of one set hang
 * together, so the interval of a paired difference comes from drawing whole sets again (a cluster bootstrap).
 */
final class PairedRanks {
    private static final int DRAWS = 10_000;
    private final List<Block> blocks;
    private final List<String> sets;

    /**
     * What all contenders reached on a set under a seed.
     *
     * @param set name of the set
     * @param losses loss of each contender, always in the same order; lower is better
     */
    record Block(String set, double[] losses) {
        /** Ranks from 1 for the least loss; equal losses share the mean of their ranks. */
        double[] ranks() {
            return Arrays.stream(losses)
                    .map(own -> 0.5
                            + 0.5 * Arrays.stream(losses).filter(l -> l == own).count()
                            + Arrays.stream(losses).filter(l -> l < own).count())
                    .toArray();
        }
    }

    /**
     * A mean with its interval.
     *
     * @param mean mean over the sets
     * @param low lower end of the 95 % interval
     * @param high upper end of it
     */
    record Difference(double mean, double low, double high) {}

    PairedRanks(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
        this.sets = blocks.stream().map(Block::set).distinct().toList();
    }

    int sets() {
        return sets.size();
    }

    /** Mean rank of a contender over the sets, each of which counts once. */
    double mean(int contender) {
        return sets.stream()
                .mapToDouble(set -> ofSet(set, block -> block.ranks()[contender]))
                .average()
                .orElseThrow();
    }

    /** By how much a contender's rank is above another's, paired; below zero where it is better. */
    Difference difference(int contender, int other) {
        return difference(block -> block.ranks()[contender] - block.ranks()[other]);
    }

    /** Logarithm of the ratio of a contender's loss to another's, paired; below zero where it is better. */
    Difference logRatio(int contender, int other) {
        return difference(block -> Math.log(block.losses()[contender] / block.losses()[other]));
    }

    private Difference difference(ToDoubleFunction<Block> of) {
        double[] perSet = sets.stream().mapToDouble(set -> ofSet(set, of)).toArray();
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            means[draw] = random.ints(perSet.length, 0, perSet.length)
                    .mapToDouble(i -> perSet[i])
                    .average()
                    .orElseThrow();
        }
        Arrays.sort(means);
        return new Difference(
                Arrays.stream(perSet).average().orElseThrow(),
                means[(int) (0.025 * DRAWS)],
                means[(int) (0.975 * DRAWS)]);
    }

    private double ofSet(String set, ToDoubleFunction<Block> of) {
        return blocks.stream()
                .filter(b -> b.set().equals(set))
                .mapToDouble(of)
                .average()
                .orElseThrow();
    }
}
