package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A category with few levels, as in RealMLP: two levels as one column of -1 and 1, missing 0; otherwise a column
 * per level, scaled as numbers are. Otherwise a level that no training row has, and
 * missing, is all zero before scaling.
 *
 * @param feature number of the feature
 * @param levels codes that have a column, or the two codes that are -1 and 1
 * @param scales one per column; none for two levels
 */
record OneHotEncoder(int feature, List<Integer> levels, List<RobustScale> scales) implements FeatureEncoder {
    /** More values than this, missing counted, are embedded. */
    static final int MOST_VALUES = 9;
    /** Rows that a frequent level has at least, */
    private static final int LEAST_ROWS = 20;
    /** and how many such levels may have a column. */
    private static final int MOST_FREQUENT = 200;

    OneHotEncoder {
        levels = List.copyOf(levels);
        scales = List.copyOf(scales);
    }

    static OneHotEncoder fit(LevelCounts counts, int feature, int rows) {
        return of(counts, counts.atLeast(1), feature, rows);
    }

    /** One of the levels that enough rows have to tell them from others by; empty where those are none or too many. */
    static Optional<OneHotEncoder> frequent(LevelCounts counts, int feature, int rows) {
        int[] levels = counts.atLeast(LEAST_ROWS);
        return levels.length == 0 || levels.length > MOST_FREQUENT
                ? Optional.empty()
                : Optional.of(of(counts, levels, feature, rows));
    }

    private static OneHotEncoder of(LevelCounts counts, int[] chosen, int feature, int rows) {
        List<Integer> levels = Arrays.stream(chosen).boxed().toList();
        List<RobustScale> scales = new ArrayList<>();
        if (levels.size() != 2) {
            for (int level : levels) {
                scales.add(RobustScale.ofShare((double) counts.counts()[level] / rows));
            }
        }
        return new OneHotEncoder(feature, levels, scales);
    }

    @Override
    public int width() {
        return levels.size() == 2 ? 1 : levels.size();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        int[] codes = table.codes(feature);
        for (int i = 0; i < rows.length; i++) {
            int found = levels.indexOf(codes[rows[i]]);
            if (levels.size() == 2) {
                into.set(i, column, found < 0 ? 0 : 2 * found - 1);
            } else {
                for (int c = 0; c < levels.size(); c++) {
                    into.set(i, column + c, (float) scales.get(c).apply(c == found ? 1 : 0));
                }
            }
        }
    }
}
