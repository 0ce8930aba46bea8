package io.millrace.modelling.encode;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text as a bag of words: the terms that most training rows use, weighted (1 + ln count) * ln((1 + n) / (1 + df)) + 1
 * (sublinear tf-idf, smoothed as in scikit-learn), rows scaled to length {@value #LENGTH}.
 *
 * @param feature number of the feature
 * @param terms the terms, one column each, those of most texts first
 * @param weights inverse document frequency of each
 */
record TextEncoder(int feature, List<String> terms, List<Double> weights) implements FeatureEncoder {
    /** The dense matrix of a text stays below this many cells (256 MB). */
    private static final int MOST_CELLS = 1 << 26;
    /** Rows that are read for the terms; an even sample of more. */
    private static final int MOST_ROWS = 50_000;

    /** With unit length a cell is about 0.3, a tenth of what other columns reach, and learns as much more slowly. */
    private static final double LENGTH = 3;

    TextEncoder {
        terms = List.copyOf(terms);
        weights = List.copyOf(weights);
    }

    static TextEncoder fit(Table table, int feature, int[] rows) {
        String[] texts = table.texts(feature);
        int stride = Math.max(1, (rows.length + MOST_ROWS - 1) / MOST_ROWS);
        TermCounts counts = new TermCounts();
        for (int i = 0; i < rows.length; i += stride) {
            counts.add(texts[rows[i]]);
        }
        int most = Math.max(1, Math.min(NetworkConfiguration.MOST_TERMS, MOST_CELLS / Math.max(1, rows.length)));
        List<String> terms = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : counts.mostFrequent(most)) {
            terms.add(entry.getKey());
            weights.add(Math.log((1.0 + counts.read()) / (1 + entry.getValue())) + 1);
        }
        return new TextEncoder(feature, terms, weights);
    }

    @Override
    public int width() {
        return terms.size();
    }

    @Override
    public Optional<FeatureEncoder> within(int columns) {
        int kept = Math.min(columns, terms.size());
        return columns < 1
                ? Optional.empty()
                : Optional.of(new TextEncoder(feature, terms.subList(0, kept), weights.subList(0, kept)));
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        Map<String, Integer> index = index();
        String[] texts = table.texts(feature);
        double[] cells = new double[terms.size()];
        for (int i = 0; i < rows.length; i++) {
            if (texts[rows[i]] == null) {
                continue;
            }
            List<Integer> used = new ArrayList<>();
            double squares = 0;
            for (Map.Entry<String, Integer> token : Tokens.count(texts[rows[i]]).entrySet()) {
                Integer term = index.get(token.getKey());
                if (term != null) {
                    cells[term] = (1 + Math.log(token.getValue())) * weights.get(term);
                    squares += cells[term] * cells[term];
                    used.add(term);
                }
            }
            for (int term : used) {
                into.set(i, column + term, (float) (LENGTH * cells[term] / Math.sqrt(squares)));
            }
        }
    }

    private Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        for (int t = 0; t < terms.size(); t++) {
            index.put(terms.get(t), t);
        }
        return index;
    }
}
