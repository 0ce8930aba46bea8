package io.millrace.modelling.rangetest;

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
        SplittableRandom random = new SplittableRandom(seed);
        int[] pool = rows.clone();
        for (int i = 0; i < most; i++) {
            int j = random.nextInt(i, pool.length);
            int swapped = pool[i];
            pool[i] = pool[j];
            pool[j] = swapped;
        }
        int[] sample = Arrays.copyOf(pool, most);
        Arrays.sort(sample);
        return sample;
    }
}
