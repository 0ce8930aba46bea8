package io.millrace.modelling.layer;

/**
 * What training minimises: the mean over the rows of a batch, each as often as its weight says. A row of weight 2 is
 * the same as two rows, in the loss and in every gradient.
 */
public interface Loss {
    /** Softmax and cross entropy against shares per class that add up to 1; in nats. */
    Loss CROSS_ENTROPY = new CrossEntropy(0);

    /**
     * The same with label smoothing: the gradient is that towards the truth of which a share is spread evenly over the classes.
     * The loss is that of the truth itself: like weight decay, smoothing is no part of it. It would otherwise hold the entropy of
     * the smoothed truth, which no training can take away and no validation loss has.
     */
    static Loss smoothed(double share) {
        return share == 0 ? CROSS_ENTROPY : new CrossEntropy(share);
    }

    /**
     * Turns the last layer's outputs into the derivative of the loss by them.
     *
     * @param truth what they should be, rows x columns
     * @param weights how much each row counts; not all 0
     * @return the loss; no finite number where the outputs are none
     */
    double backward(Tensor outputs, float[] truth, float[] weights, int rows);

    /** Sum of the first weights. */
    static double total(float[] weights, int rows) {
        double total = 0;
        for (int r = 0; r < rows; r++) {
            total += weights[r];
        }
        return total;
    }
}
