package io.millrace.modelling.layer;

/** From numbers to probabilities: e^z of each class by their sum. */
public final class Softmax {
    private Softmax() {}

    /** Turns the first rows into probabilities, in place. */
    public static void apply(Tensor outputs, int rows) {
        for (int r = 0; r < rows; r++) {
            apply(outputs.values(), r * outputs.columns(), outputs.columns());
        }
    }

    /** Turns {@code count} numbers from an index on into the probabilities of as many classes, in place. */
    public static void apply(float[] values, int from, int count) {
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
