package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.table.Table;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text as its length, its number of words, and how often each of the most common words occurs in it.
 *
 * @param feature ordinal of the feature in the table
 * @param terms words that are counted, lower case, those in most training texts first
 */
record TextColumn(int feature, List<String> terms) implements FeatureColumn {
    /** Cells that the terms of one column may take up: 64 MB of floats. */
    private static final int MOST_CELLS = 16_000_000;
    /** A word in fewer texts than this teaches nothing. */
    private static final int LEAST_TEXTS = 3;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    TextColumn {
        terms = List.copyOf(terms);
    }

    static TextColumn fit(int feature, Table table, int[] training) {
        Map<String, Integer> frequency = new HashMap<>();
        for (int r : training) {
            for (String word : new HashSet<>(words(table.texts(feature)[r]))) {
                frequency.merge(word, 1, Integer::sum);
            }
        }
        List<String> terms = frequency.entrySet().stream()
                .filter(e -> e.getValue() >= LEAST_TEXTS)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(Math.min(TreesConfiguration.MOST_WORDS, MOST_CELLS / Math.max(1, training.length)))
                .map(Map.Entry::getKey)
                .toList();
        return new TextColumn(feature, terms);
    }

    @Override
    public int width() {
        return 2 + terms.size();
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        Map<String, Integer> places = new HashMap<>();
        IntStream.range(0, terms.size()).forEach(t -> places.put(terms.get(t), 2 + t));
        String[] texts = table.texts(feature);
        for (int r = 0; r < rows.length; r++) {
            String text = texts[rows[r]];
            List<String> words = words(text);
            cells.set(r, 0, text == null ? Float.NaN : text.length());
            cells.set(r, 1, text == null ? Float.NaN : words.size());
            int[] counts = new int[width()];
            words.forEach(w -> counts[places.getOrDefault(w, 0)]++);
            for (int c = 2; c < counts.length; c++) {
                cells.set(r, c, counts[c]);
            }
        }
    }

    private static List<String> words(String text) {
        return text == null
                ? List.of()
                : BETWEEN_WORDS
                        .splitAsStream(text.toLowerCase(Locale.ROOT))
                        .filter(w -> !w.isEmpty())
                        .toList();
    }
}
