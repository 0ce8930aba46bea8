package io.millrace.modelling.ensemble;

import java.util.Arrays;
import java.util.List;
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

    /**
     * A turn's rows, ascending.
     *
     * @param fitted rows to fit to
     * @param held the others
     */
    record Part(int[] fitted, int[] held) {}

    /** One part per turn, fewer where there are fewer rows. */
    static List<Part> of(int rows) {
        return IntStream.range(0, Math.min(PARTS, rows))
                .mapToObj(part -> new Part(rows(rows, i -> i % PARTS != part), rows(rows, i -> i % PARTS == part)))
                .toList();
    }

    static Gain gain(int rows, Turn turn) {
        double[] gains = of(rows).stream()
                .mapToDouble(part -> turn.gain(part.fitted, part.held))
                .toArray();
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
        return new Gain(mean, Math.sqrt(squares / (PARTS - 1) / PARTS));
    }

    private static int[] rows(int rows, IntPredicate wanted) {
        return IntStream.range(0, rows).filter(wanted).toArray();
    }
}
