package io.millrace.modelling.encode;

import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * A category with many levels, as indices into an embedding table: 0 unknown, 1 missing, then one per level. Levels with
 * fewer than {@value #LEAST_ROWS} training rows share the index of the unknown, which is thereby trained.
 *
 * @param feature number of the feature
 * @param levels codes that have an index of their own, ascending
 */
record CodeEncoder(int feature, List<Integer> levels) {
    static final int LEAST_ROWS = 3;
    private static final int UNKNOWN = 0;
    private static final int MISSING = 1;
    private static final int FIRST_LEVEL = 2;

    CodeEncoder {
        levels = List.copyOf(levels);
    }

    static CodeEncoder fit(LevelCounts counts, int feature) {
        return new CodeEncoder(
                feature, Arrays.stream(counts.atLeast(LEAST_ROWS)).boxed().toList());
    }

    /** Indices it needs. */
    int size() {
        return FIRST_LEVEL + levels.size();
    }

    /** Writes one index per row, {@code offset} added, into every {@code stride}-th place from {@code at}. */
    void encode(Table table, int[] rows, int[] into, int at, int stride, int offset) {
        int[] index = new int[levels.isEmpty() ? 0 : levels.get(levels.size() - 1) + 1];
        for (int l = 0; l < levels.size(); l++) {
            index[levels.get(l)] = FIRST_LEVEL + l;
        }
        int[] codes = table.codes(feature);
        for (int i = 0; i < rows.length; i++) {
            int code = codes[rows[i]];
            int place = code == Table.MISSING ? MISSING : code < 0 || code >= index.length ? UNKNOWN : index[code];
            into[at + i * stride] = offset + place;
        }
    }
}
