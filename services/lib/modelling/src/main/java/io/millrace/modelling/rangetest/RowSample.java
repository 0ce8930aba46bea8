package io.millrace.modelling.rangetest;

import io.millrace.modelling.table.Shuffle;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A seeded sample of rows without replacement. */
final class RowSample {
    private RowSample() {}

    /** All rows, or {@code most} of them, ascending. */
    static int[] of(int[] rows, int most, long seed) {
        if (rows.length <= most) {
            return rows;
        }
        int[] shuffled = rows.clone();
        Shuffle.inPlace(shuffled, new SplittableRandom(seed));
        int[] sample = Arrays.copyOf(shuffled, most);
        Arrays.sort(sample);
        return sample;
    }
}
