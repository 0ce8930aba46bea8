package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Seeded row samples whose targets are spread like those of all rows: systematic sampling along the sorted target. */
final class RowSample {
    private RowSample() {}

    /**
     * The rows that selection looks at, ascending: all while they are few enough for 25 candidates and 50 rounds to
     * take about a second. Log loss and squared error cost a multiplication per row at most, the others a score per row and
     * class, the area under the curve a sort per class.
     */
    static int[] forSelection(Metric metric, double[] target, int outputs, long seed) {
        int most =
                switch (metric) {
                    case LOG_LOSS -> 100_000;
                    case AUC -> Math.max(2_000, 10_000 / Math.max(1, outputs - 1));
                    default -> Math.max(5_000, 100_000 / outputs);
                };
        return stratified(target, most, seed);
    }

    /** At most so many rows, ascending. */
    static int[] stratified(double[] target, int most, long seed) {
        int n = target.length;
        if (n <= most) {
            return IntStream.range(0, n).toArray();
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] tieBreak = new int[n];
        for (int r = 0; r < n; r++) {
            tieBreak[r] = random.nextInt();
        }
        int[] byTarget = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> target[a] != target[b]
                        ? Double.compare(target[a], target[b])
                        : Integer.compare(tieBreak[a], tieBreak[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rows = Table.evenly(byTarget, most);
        Arrays.sort(rows);
        return rows;
    }
}
