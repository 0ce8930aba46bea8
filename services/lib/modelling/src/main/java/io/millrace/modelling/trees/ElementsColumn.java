package io.millrace.modelling.trees;

import io.millrace.modelling.encode.LevelCounts;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is in the levels of a category that are lists, such as {@code Cinnamon, White}: 1 or 0 per element that several levels share.
 * It stands beside the category itself: one split then parts all lists with an element from all without, where the few columns that a
 * forest sees per split seldom find the right set of levels. A level that the profile does not list has no elements.
 *
 * @param feature ordinal of the feature in the table
 * @param levels per column the codes of the levels that its element is in, ascending
 */
record ElementsColumn(int feature, List<List<Integer>> levels) implements FeatureColumn {
    private static final Pattern BETWEEN_ELEMENTS = Pattern.compile("\\s*[,;|]\\s*");
    /** Columns at most, for the elements of most rows. */
    private static final int MOST_ELEMENTS = 32;

    ElementsColumn {
        levels = levels.stream().map(List::copyOf).toList();
    }

    /** Empty where no element is in several levels of the training rows, but not in all. */
    static Optional<ElementsColumn> fit(int feature, List<String> names, LevelCounts training) {
        int[] rows = training.counts();
        int[] seen = training.atLeast(1);
        Map<String, List<Integer>> levels = new TreeMap<>();
        for (int level : seen) {
            BETWEEN_ELEMENTS
                    .splitAsStream(names.get(level).strip())
                    .filter(element -> !element.isEmpty())
                    .distinct()
                    .forEach(element -> levels.computeIfAbsent(element, e -> new ArrayList<>())
                            .add(level));
        }
        List<List<Integer>> shared = levels.values().stream()
                .filter(of -> of.size() > 1 && of.size() < seen.length)
                .distinct()
                .sorted(Comparator.comparingInt((List<Integer> of) ->
                                of.stream().mapToInt(l -> rows[l]).sum())
                        .reversed())
                .limit(MOST_ELEMENTS)
                .toList();
        return shared.isEmpty() ? Optional.empty() : Optional.of(new ElementsColumn(feature, shared));
    }

    @Override
    public int width() {
        return levels.size();
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        List<BitSet> having = levels.stream().map(ElementsColumn::set).toList();
        int[] codes = table.codes(feature);
        for (int r = 0; r < rows.length; r++) {
            int code = codes[rows[r]];
            for (int e = 0; e < having.size(); e++) {
                cells.set(r, e, code < 0 ? Float.NaN : having.get(e).get(code) ? 1 : 0);
            }
        }
    }

    private static BitSet set(List<Integer> codes) {
        BitSet set = new BitSet();
        codes.forEach(set::set);
        return set;
    }
}
