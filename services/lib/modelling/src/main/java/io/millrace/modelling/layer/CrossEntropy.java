package io.millrace.modelling.layer;

/**
 * Softmax and cross entropy.
 *
 * @param smoothing share of the truth that the gradient spreads evenly over the classes
 */
record CrossEntropy(double smoothing) implements Loss {
    @Override
    public double backward(Tensor outputs, float[] truth, float[] weights, int rows) {
        Softmax.apply(outputs, rows);
        float[] p = outputs.values();
        int n = outputs.columns();
        double total = Loss.total(weights, rows);
        double loss = 0;
        float kept = (float) (1 - smoothing);
        float even = (float) (smoothing / n);
        for (int r = 0; r < rows; r++) {
            float share = (float) (weights[r] / total);
            for (int i = r * n; i < (r + 1) * n; i++) {
                if (truth[i] > 0) {
                    loss -= share * truth[i] * Math.log(Math.max(p[i], Float.MIN_NORMAL));
                }
                p[i] = (p[i] - kept * truth[i] - even) * share;
            }
        }
        return loss;
    }
}
