package io.millrace.modelling.layer;

import java.util.List;

/** Plain stochastic gradient descent. */
public final class Sgd extends Stepper {
    public Sgd(List<Parameter> parameters) {
        super(parameters);
    }

    @Override
    void update(int index, float[] values, float[] gradient, float rate, float kept) {
        for (int i = 0; i < values.length; i++) {
            values[i] = kept * values[i] - rate * gradient[i];
        }
    }
}
