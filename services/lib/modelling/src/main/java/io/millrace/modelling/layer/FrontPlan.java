package io.millrace.modelling.layer;

import java.util.List;

/**
 * What a {@link Front} is made of.
 *
 * @param dense dense columns in
 * @param periodic those of them that get a periodic embedding
 * @param codeColumns embedded columns of codes, 0 for none
 * @param tableSize codes there are
 * @param embedding numbers per code
 * @param embeddingDeviation standard deviation of their initial values
 */
public record FrontPlan(
        int dense, List<Integer> periodic, int codeColumns, int tableSize, int embedding, double embeddingDeviation) {
    public FrontPlan {
        periodic = List.copyOf(periodic);
    }

    /** Columns out. */
    public int outputs() {
        return dense + Periodic.FEATURES * periodic.size() + codeColumns * embedding;
    }
}
