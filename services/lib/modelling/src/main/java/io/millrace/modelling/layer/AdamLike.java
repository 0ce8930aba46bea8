package io.millrace.modelling.layer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What Adam and its kin have in common: decaying means of gradients and of their squares, and the correction of both. */
abstract class AdamLike extends Stepper {
    static final float EPSILON = 1e-8f;

    final float beta1;
    final float beta2;
    private final float[][] means;
    private final float[][] squares;

    AdamLike(List<Parameter> parameters, double beta1, double beta2) {
        super(parameters);
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.means = state(parameters);
        this.squares = state(parameters);
    }

    @Override
    public List<float[]> memory() {
        return Stream.of(means, squares).flatMap(Arrays::stream).toList();
    }

    @Override
    final void update(int index, float[] values, float[] gradient, float rate, float kept) {
        float stride = (float) (rate / (1 - Math.pow(beta1, steps())));
        float correction = (float) (1 / (1 - Math.pow(beta2, steps())));
        update(index, values, gradient, means[index], squares[index], stride, correction, kept);
    }

    /**
     * Updates one parameter and its means.
     *
     * @param m mean of its gradients so far
     * @param v mean of their squares so far
     * @param stride rate over the correction of m
     * @param correction factor that corrects v
     */
    abstract void update(
            int index,
            float[] values,
            float[] gradient,
            float[] m,
            float[] v,
            float stride,
            float correction,
            float kept);
}
