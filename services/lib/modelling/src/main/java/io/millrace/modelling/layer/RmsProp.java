package io.millrace.modelling.layer;

import java.util.List;

/** RMSProp (Tieleman and Hinton 2012). */
public final class RmsProp extends Stepper {
    private static final float EPSILON = 1e-8f;

    private final float decay;
    private final float[][] squares;

    public RmsProp(List<Parameter> parameters, double decay) {
        super(parameters);
        this.decay = (float) decay;
        this.squares = state(parameters);
    }

    @Override
    public List<float[]> memory() {
        return List.of(squares);
    }

    @Override
    void update(int index, float[] values, float[] gradient, float rate, float kept) {
        float[] v = squares[index];
        float old = decay;
        float fresh = 1 - decay;
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i];
            float square = old * v[i] + fresh * g * g;
            v[i] = square;
            values[i] = kept * values[i] - rate * g / ((float) Math.sqrt(square) + EPSILON);
        }
    }
}
