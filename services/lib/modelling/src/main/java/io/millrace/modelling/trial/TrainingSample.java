package io.millrace.modelling.trial;

import io.millrace.modelling.table.Shuffle;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.Random;

/**
 * A stratified random sample of training rows. Classes keep their shares, except that a rare class keeps up to
 * {@value #LEAST_PER_CLASS} of its rows, which the larger classes make room for. A regression's rows are drawn one from
 * each of equally large slices of the target.
 */
final class TrainingSample {
    private static final int LEAST_PER_CLASS = 10;

    private TrainingSample() {}

    /** At most {@code limit} of the rows, ascending; all of them where they are no more. */
    static int[] of(Table table, int[] rows, int limit, long seed) {
        if (rows.length <= limit) {
            return rows;
        }
        Random random = new Random(seed);
        int[] shuffled = rows.clone();
        Shuffle.inPlace(shuffled, random);
        int[] sample = table.profile().task().isClassification()
                ? ofClasses(table, shuffled, limit)
                : ofSlices(table, shuffled, limit, random);
        Arrays.sort(sample);
        return sample;
    }

    private static int[] ofClasses(Table table, int[] shuffled, int limit) {
        int[] left = quotas(table, shuffled, limit);
        return Arrays.stream(shuffled)
                .filter(r -> left[(int) table.target()[r]]-- > 0)
                .toArray();
    }

    /** Rows to take of every class: its share, no fewer than a rare class keeps, the largest classes giving way. */
    private static int[] quotas(Table table, int[] rows, int limit) {
        int[] counts = new int[table.profile().classes().size()];
        for (int r : rows) {
            counts[(int) table.target()[r]]++;
        }
        int[] quotas = new int[counts.length];
        int total = 0;
        for (int c = 0; c < counts.length; c++) {
            int share = (int) Math.round((double) counts[c] * limit / rows.length);
            quotas[c] = Math.min(counts[c], Math.max(share, LEAST_PER_CLASS));
            total += quotas[c];
        }
        for (; total > limit; total--) {
            quotas[largest(quotas)]--;
        }
        return quotas;
    }

    private static int largest(int[] quotas) {
        int largest = 0;
        for (int c = 1; c < quotas.length; c++) {
            largest = quotas[c] > quotas[largest] ? c : largest;
        }
        return largest;
    }

    private static int[] ofSlices(Table table, int[] shuffled, int limit, Random random) {
        int[] byTarget = Arrays.stream(shuffled)
                .boxed()
                .sorted((a, b) -> Double.compare(table.target()[a], table.target()[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] sample = new int[limit];
        for (int s = 0; s < limit; s++) {
            int from = (int) ((long) s * byTarget.length / limit);
            int to = (int) ((s + 1L) * byTarget.length / limit);
            sample[s] = byTarget[from + random.nextInt(to - from)];
        }
        return sample;
    }
}
