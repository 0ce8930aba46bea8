package io.millrace.modelling.layer;

import java.util.Arrays;

/**
 * Holds the outputs of each of the {@link Members} against the same truth. It is the mean of the members' losses, not the
 * loss of their mean: trained on the latter they would lean on each other.
 */
public final class MemberLoss implements Loss {
    private final Loss each;
    private final int members;
    private final float[] truths;
    private final float[] counts;

    /**
     * A loss for several members.
     *
     * @param each loss of one of them
     * @param outputs columns of each
     * @param rows most rows of a batch
     */
    public MemberLoss(Loss each, int members, int outputs, int rows) {
        this.each = each;
        this.members = members;
        this.truths = new float[rows * members * outputs];
        this.counts = new float[rows * members];
    }

    @Override
    public double backward(Tensor outputs, float[] truth, float[] weights, int rows) {
        int n = outputs.columns();
        for (int r = 0; r < rows; r++) {
            Arrays.fill(counts, r * members, (r + 1) * members, weights[r]);
            for (int m = 0; m < members; m++) {
                System.arraycopy(truth, r * n, truths, (r * members + m) * n, n);
            }
        }
        return each.backward(outputs, truths, counts, rows * members);
    }
}
