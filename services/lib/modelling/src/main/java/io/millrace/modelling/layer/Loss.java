package io.millrace.modelling.layer;

/** What training minimises, as a mean over the rows of a batch. */
public enum Loss {
    /** Softmax and cross entropy against shares per class that add up to 1; in nats. */
    CROSS_ENTROPY {
        @Override
        public double backward(Tensor outputs, float[] truth, int rows) {
            activate(outputs, rows);
            float[] p = outputs.values();
            int n = rows * outputs.columns();
            double loss = 0;
            float share = 1f / rows;
            for (int i = 0; i < n; i++) {
                if (truth[i] > 0) {
                    loss -= truth[i] * Math.log(Math.max(p[i], Float.MIN_NORMAL));
                }
                p[i] = (p[i] - truth[i]) * share;
            }
            return loss / rows;
        }

        @Override
        public void activate(Tensor outputs, int rows) {
            for (int r = 0; r < rows; r++) {
                softmax(outputs.values(), r * outputs.columns(), outputs.columns());
            }
        }
    },
    /** Squared error, without the half that some put before it. */
    SQUARED {
        @Override
        public double backward(Tensor outputs, float[] truth, int rows) {
            float[] z = outputs.values();
            int n = rows * outputs.columns();
            double loss = 0;
            for (int i = 0; i < n; i++) {
                float error = z[i] - truth[i];
                loss += (double) error * error;
                z[i] = 2 * error / n;
            }
            return loss / n;
        }

        @Override
        public void activate(Tensor outputs, int rows) {}
    };

    /**
     * Turns the last layer's outputs into the derivative of the loss by them.
     *
     * @param truth rows x columns
     * @return the loss; no finite number where the outputs are none
     */
    public abstract double backward(Tensor outputs, float[] truth, int rows);

    /** Turns the last layer's outputs into predictions. */
    public abstract void activate(Tensor outputs, int rows);

    private static void softmax(float[] values, int from, int count) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, values[i]);
        }
        float sum = 0;
        for (int i = from; i < from + count; i++) {
            values[i] = (float) Math.exp(values[i] - most);
            sum += values[i];
        }
        for (int i = from; i < from + count; i++) {
            values[i] /= sum;
        }
    }
}
