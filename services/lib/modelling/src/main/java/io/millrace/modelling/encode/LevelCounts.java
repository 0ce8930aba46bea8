package io.millrace.modelling.encode;

import io.millrace.modelling.table.Table;
import java.util.stream.IntStream;

/**
 * How often each level of a category occurs among some rows.
 *
 * @param counts rows of each level of the profile
 * @param missing rows without a value
 */
public record LevelCounts(int[] counts, int missing) {
    /** Counts the levels of a feature, which is a category, among training rows. */
    public static LevelCounts of(Table table, int feature, int[] rows) {
        int levels = table.profile().features().get(feature).levels().size();
        int[] counts = new int[levels];
        int missing = 0;
        int[] codes = table.codes(feature);
        for (int row : rows) {
            int code = codes[row];
            if (code >= 0) {
                counts[code]++;
            } else if (code == Table.MISSING) {
                missing++;
            }
        }
        return new LevelCounts(counts, missing);
    }

    /** Values that occur, missing counted as one. */
    int distinct() {
        int distinct = missing > 0 ? 1 : 0;
        for (int count : counts) {
            distinct += count > 0 ? 1 : 0;
        }
        return distinct;
    }

    /** Levels that occur at least so often, ascending. */
    public int[] atLeast(int least) {
        return IntStream.range(0, counts.length)
                .filter(level -> counts[level] >= least)
                .toArray();
    }
}
