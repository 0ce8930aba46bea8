package io.millrace.modelling.network;

import io.millrace.modelling.layer.Loss;
import io.millrace.modelling.layer.Tensor;
import java.util.Arrays;

/** Holds every member's outputs against the same truth: the loss is the mean of the members' losses, not that of their mean. */
final class MemberTruth {
    private final int members;
    private final int outputs;
    private final float[] truths;
    private final float[] counts;

    /**
     * Room for the truth of all members.
     *
     * @param outputs columns of each member
     * @param rows most rows of a batch
     */
    MemberTruth(int members, int outputs, int rows) {
        this.members = members;
        this.outputs = outputs;
        this.truths = new float[members == 1 ? 0 : rows * members * outputs];
        this.counts = new float[members == 1 ? 0 : rows * members];
    }

    /** Turns rows x members x outputs numbers into the derivative of the loss by them, and returns the loss. */
    double backward(Loss loss, Tensor predicted, float[] truth, float[] weights, int rows) {
        if (members == 1) {
            return loss.backward(predicted, truth, weights, rows);
        }
        for (int r = 0; r < rows; r++) {
            Arrays.fill(counts, r * members, (r + 1) * members, weights[r]);
            for (int m = 0; m < members; m++) {
                System.arraycopy(truth, r * outputs, truths, (r * members + m) * outputs, outputs);
            }
        }
        return loss.backward(predicted, truths, counts, rows * members);
    }
}
