package io.millrace.modelling.ensemble;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a fit gains on rows that it has not seen: fitted on four fifths, judged on the rest, each fifth in turn. */
final class Parts {
    private static final int PARTS = 5;

    private Parts() {}

    /** Fits on some rows and says by how much that lowers the error on others. */
    @FunctionalInterface
    interface Turn {
        double gain(int[] fitted, int[] held);
    }

    /**
     * A gain over all turns.
     *
     * @param mean mean of the turns
     * @param standardError of that mean
     */
    record Gain(double mean, double standardError) {}

    static Gain gain(int rows, Turn turn) {
        double[] gains = IntStream.range(0, PARTS)
                .mapToDouble(part -> turn.gain(rows(rows, i -> i % PARTS != part), rows(rows, i -> i % PARTS == part)))
                .toArray();
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
        return new Gain(mean, Math.sqrt(squares / (PARTS - 1) / PARTS));
    }

    private static int[] rows(int rows, IntPredicate wanted) {
        return IntStream.range(0, rows).filter(wanted).toArray();
    }
}
