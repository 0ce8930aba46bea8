package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;

/**
 * A number x and {@value #FEATURES} learned functions of it that are linear between given edges and constant outside of
 * them: the piecewise-linear encoding of Gorishniy et al. (arXiv 2203.05556) behind a linear layer of its own. The encoding
 * itself, 1 for bins below x, the share of the bin that holds x, 0 above, is never written down: a product with it is the sum of
 * the lower bins' weights, kept for every bin, and a part of one more.
 */
final class PiecewiseLinear implements NumberFeatures {
    static final int FEATURES = 8;

    private final float[] edges;
    private final int bins;
    /** Rise of each function over each bin; 0 at first, so that a network starts without them. */
    private final Parameter rises;

    private final Parameter offsets = Parameter.zeros(FEATURES, 1, false);
    private final float[] sums;
    private final int[] bin;
    private final float[] share;

    PiecewiseLinear(Edges edges, int rows) {
        this.edges = edges.at();
        this.bins = this.edges.length - 1;
        this.rises = Parameter.zeros(bins * FEATURES, 1, false);
        this.sums = new float[bins * FEATURES];
        this.bin = new int[rows];
        this.share = new float[rows];
    }

    @Override
    public int width() {
        return 1 + FEATURES;
    }

    @Override
    public void forward(float[] in, int inWidth, int column, float[] out, int outWidth, int at, int rows) {
        float[] w = rises.values();
        System.arraycopy(offsets.values(), 0, sums, 0, FEATURES);
        for (int i = FEATURES; i < sums.length; i++) {
            sums[i] = sums[i - FEATURES] + w[i - FEATURES];
        }
        for (int r = 0; r < rows; r++) {
            float x = in[r * inWidth + column];
            int b = locate(x);
            float part = Math.min(Math.max((x - edges[b]) / (edges[b + 1] - edges[b]), 0), 1);
            bin[r] = b;
            share[r] = part;
            int to = r * outWidth + at;
            out[to] = x;
            for (int k = 0; k < FEATURES; k++) {
                out[to + 1 + k] = sums[b * FEATURES + k] + part * w[b * FEATURES + k];
            }
        }
    }

    /** The bin that holds x; the outermost for what lies outside. */
    private int locate(float x) {
        int found = Arrays.binarySearch(edges, x);
        return Math.max(0, Math.min(bins - 1, found >= 0 ? found : -found - 2));
    }

    @Override
    public void backward(float[] gradient, int width, int at, int rows) {
        float[] dw = rises.gradient();
        Arrays.fill(dw, 0);
        Arrays.fill(sums, 0);
        for (int r = 0; r < rows; r++) {
            int from = r * width + at + 1;
            int to = bin[r] * FEATURES;
            for (int k = 0; k < FEATURES; k++) {
                sums[to + k] += gradient[from + k];
                dw[to + k] += share[r] * gradient[from + k];
            }
        }
        // a bin rises under every row that lies in a bin above it
        for (int i = sums.length - FEATURES - 1; i >= 0; i--) {
            dw[i] += sums[i + FEATURES];
            sums[i] += sums[i + FEATURES];
        }
        System.arraycopy(sums, 0, offsets.gradient(), 0, FEATURES);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(rises, offsets);
    }
}
