package io.millrace.modelling.layer;

import java.util.List;

/**
 * What a {@link Front} is made of.
 *
 * @param dense dense columns in
 * @param periodic those of them that get a periodic embedding
 * @param piecewise those of them that get a piecewise-linear embedding, with its edges
 * @param codeColumns embedded columns of codes, 0 for none
 * @param tableSize codes there are
 * @param embedding numbers per code
 * @param embeddingDeviation standard deviation of their initial values
 */
public record FrontPlan(
        int dense,
        List<Integer> periodic,
        List<Edges> piecewise,
        int codeColumns,
        int tableSize,
        int embedding,
        double embeddingDeviation) {
    public FrontPlan {
        periodic = List.copyOf(periodic);
        // a model of before there were such embeddings does not mention them
        piecewise = piecewise == null ? List.of() : List.copyOf(piecewise);
    }

    /** Dense columns and nothing else. */
    public static FrontPlan plain(int dense) {
        return new FrontPlan(dense, List.of(), List.of(), 0, 0, 1, 1);
    }

    /** Whether dense columns are handed through and nothing is learned. */
    public boolean passesThrough() {
        return codeColumns == 0 && periodic.isEmpty() && piecewise.isEmpty();
    }

    /** Columns out. */
    public int outputs() {
        return vectors() + codeColumns * embedding;
    }

    /** Column out at which the vectors of the codes begin. */
    int vectors() {
        return dense + Periodic.FEATURES * periodic.size() + PiecewiseLinear.FEATURES * piecewise.size();
    }

    /** For each column out, the number of the dense column or code column that it comes from. */
    public int[] sources() {
        int[] sources = new int[outputs()];
        int at = 0;
        for (int column = 0; column < dense; column++) {
            for (int i = 0; i < width(column); i++) {
                sources[at++] = column;
            }
        }
        for (int code = 0; at < sources.length; at++, code++) {
            sources[at] = dense + code / embedding;
        }
        return sources;
    }

    private int width(int column) {
        return periodic.contains(column)
                ? 1 + Periodic.FEATURES
                : piecewise.stream().anyMatch(edges -> edges.column() == column) ? 1 + PiecewiseLinear.FEATURES : 1;
    }
}
