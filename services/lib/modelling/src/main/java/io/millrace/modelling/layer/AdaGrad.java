package io.millrace.modelling.layer;

import java.util.List;

/** AdaGrad (Duchi et al., JMLR 2011): steps shrink with the sum of all squared gradients so far. */
public final class AdaGrad extends Stepper {
    private static final float EPSILON = 1e-8f;

    private final float[][] squares;

    public AdaGrad(List<Parameter> parameters) {
        super(parameters);
        this.squares = state(parameters);
    }

    @Override
    public List<float[]> memory() {
        return List.of(squares);
    }

    @Override
    void update(int index, float[] values, float[] gradient, float rate, float kept) {
        float[] sums = squares[index];
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            float square = sums[i] + g * g;
            sums[i] = square;
            values[i] = kept * values[i] - rate * g / ((float) Math.sqrt(square) + EPSILON);
        }
    }
}
