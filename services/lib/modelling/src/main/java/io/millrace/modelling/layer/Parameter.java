package io.millrace.modelling.layer;

/**
 * Numbers that training changes.
 *
 * @param values the numbers
 * @param gradient derivative of the mean loss of the last batch by each of them
 * @param rateFactor by how much their learning rate differs from the network's
 * @param decays whether weight decay acts on them
 */
public record Parameter(float[] values, float[] gradient, float rateFactor, boolean decays) {
    /** As many zeros. */
    static Parameter zeros(int count, double rateFactor, boolean decays) {
        return new Parameter(new float[count], new float[count], (float) rateFactor, decays);
    }
}
