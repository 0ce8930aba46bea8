package io.millrace.modelling.network;

import io.millrace.modelling.layer.Edges;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;

/** Edges of piecewise-linear embeddings: quantiles of the training rows, equal ones once. */
final class QuantileEdges {
    private static final int BINS = 48;
    /** Quantiles of more rows than this are taken from an even sample: sorting would cost more than it tells. */
    private static final int MOST_SORTED = 100_000;

    private QuantileEdges() {}

    /** Edges of a column of at least one row; a column that has one value gets a single bin around it. */
    static Edges of(Matrix rows, int column) {
        int stride = (rows.rows() + MOST_SORTED - 1) / MOST_SORTED;
        float[] sorted = new float[(rows.rows() + stride - 1) / stride];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = rows.get(i * stride, column);
        }
        Arrays.sort(sorted);
        float[] edges = new float[BINS + 1];
        int count = 0;
        for (int i = 0; i <= BINS; i++) {
            float edge = sorted[(int) ((long) i * (sorted.length - 1) / BINS)];
            if (count == 0 || edge > edges[count - 1]) {
                edges[count++] = edge;
            }
        }
        if (count == 1) {
            edges[count++] = edges[0] + 1;
        }
        return new Edges(column, Arrays.copyOf(edges, count));
    }
}
