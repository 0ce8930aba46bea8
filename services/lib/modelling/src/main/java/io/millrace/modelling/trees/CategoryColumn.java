package io.millrace.modelling.trees;

import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A category as XGBoost's native one: a split sends a set of categories to one side. Levels that no training row has
 * count as missing, at training and prediction alike.
 *
 * @param feature ordinal of the feature in the table
 * @param ranks category number by level of the table, the most frequent training level first; -1 for unseen levels
 */
record CategoryColumn(int feature, int[] ranks, boolean unordered) implements FeatureColumn {
    static CategoryColumn fit(int feature, int levels, Table table, int[] training) {
        int[] counts = new int[levels];
        int[] codes = table.codes(feature);
        for (int r : training) {
            if (codes[r] >= 0) {
                counts[codes[r]]++;
            }
        }
        int[] ranks = new int[levels];
        Arrays.fill(ranks, -1);
        int[] seen = IntStream.range(0, levels)
                .filter(l -> counts[l] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(l -> counts[l]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < seen.length; rank++) {
            ranks[seen[rank]] = rank;
        }
        return new CategoryColumn(
                feature,
                ranks,
                seen.length <= Integer.getInteger("catmax", 50)
                        && training.length / Math.max(1, seen.length) >= Integer.getInteger("catmin", 20));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public String type() {
        return unordered ? "c" : "q";
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        int[] codes = table.codes(feature);
        for (int r = 0; r < rows.length; r++) {
            int code = codes[rows[r]];
            int rank = code < 0 || code >= ranks.length ? -1 : ranks[code];
            cells.set(r, 0, rank < 0 ? Float.NaN : rank);
        }
    }
}
