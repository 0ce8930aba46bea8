package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
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
 * A category whose levels are lists, such as {@code Cinnamon, White}, told by what is in them: a column per element that several
 * levels share, scaled as those of a one-hot code are. What is missing, or a level that the profile does not list, has none of them.
 *
 * @param feature number of the feature
 * @param levels per column the codes of the levels that the element is in, ascending
 * @param scales one per column
 */
public record ElementsEncoder(int feature, List<List<Integer>> levels, List<RobustScale> scales)
        implements FeatureEncoder {
    private static final Pattern BETWEEN_ELEMENTS = Pattern.compile("\\s*[,;|]\\s*");
    /** Columns at most, for the elements of most rows. */
    private static final int MOST_ELEMENTS = 32;

    public ElementsEncoder {
        levels = levels.stream().map(List::copyOf).toList();
        scales = List.copyOf(scales);
    }

    /** Fits on training rows; empty where no element is in several of their levels, but not in all. */
    public static Optional<ElementsEncoder> fit(Table table, int feature, int[] rows) {
        List<String> names = table.profile().features().get(feature).levels();
        LevelCounts counts = LevelCounts.of(table, feature, rows);
        int[] seen = counts.atLeast(1);
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
                .sorted(Comparator.comparingInt((List<Integer> of) -> rows(counts, of))
                        .reversed())
                .limit(MOST_ELEMENTS)
                .toList();
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of(new ElementsEncoder(
                        feature,
                        shared,
                        shared.stream()
                                .map(of -> RobustScale.ofShare((double) rows(counts, of) / rows.length))
                                .toList()));
    }

    private static int rows(LevelCounts counts, List<Integer> levels) {
        return levels.stream().mapToInt(level -> counts.counts()[level]).sum();
    }

    @Override
    public int width() {
        return levels.size();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        List<BitSet> having = levels.stream().map(ElementsEncoder::set).toList();
        int[] codes = table.codes(feature);
        for (int i = 0; i < rows.length; i++) {
            int code = codes[rows[i]];
            for (int e = 0; e < having.size(); e++) {
                boolean has = code >= 0 && having.get(e).get(code);
                into.set(i, column + e, (float) scales.get(e).apply(has ? 1 : 0));
            }
        }
    }

    private static BitSet set(List<Integer> codes) {
        BitSet set = new BitSet();
        codes.forEach(set::set);
        return set;
    }
}
