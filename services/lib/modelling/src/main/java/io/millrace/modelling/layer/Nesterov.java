package io.millrace.modelling.layer;

import java.util.List;

/** Stochastic gradient descent with Nesterov's momentum, in the form of Sutskever et al. (2013). */
public final class Nesterov extends Stepper {
    private final float momentum;
    private final float[][] velocities;

    public Nesterov(List<Parameter> parameters, double momentum) {
        super(parameters);
        this.momentum = (float) momentum;
        this.velocities = state(parameters);
    }

    @Override
    public List<float[]> memory() {
        return List.of(velocities);
    }

    @Override
    void update(int index, float[] values, float[] gradient, float rate, float kept) {
        float[] velocity = velocities[index];
        float mu = momentum;
        for (int i = 0; i < values.length; i++) {
            float before = velocity[i];
            float after = mu * before - rate * gradient[i];
            velocity[i] = after;
            values[i] = kept * values[i] - mu * before + (1 + mu) * after;
        }
    }
}
