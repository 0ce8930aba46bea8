package io.millrace.modelling.layer;

import java.util.List;

/**
 * Turns gradients into steps, in place. Weight decay is decoupled for every rule (Loshchilov and Hutter, arXiv
 * 1711.05101): a step takes rate * decay * weight off, whatever the parameter's own rate factor is, and the loss knows
 * nothing of it.
 */
public abstract class Stepper {
    private final List<Parameter> parameters;
    private int steps;

    Stepper(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** One step against the gradients as they stand. */
    public final void step(double rate, double decay) {
        steps++;
        for (int p = 0; p < parameters.size(); p++) {
            Parameter parameter = parameters.get(p);
            float kept = parameter.decays() ? (float) (1 - rate * decay) : 1;
            update(p, parameter.values(), parameter.gradient(), (float) rate * parameter.rateFactor(), kept);
        }
    }

    /** Steps made so far, the one under way included. */
    final int steps() {
        return steps;
    }

    /** Goes on as one that has made so many steps; what it remembers of them is for the caller to restore. */
    public final void goOnAfter(int made) {
        steps = made;
    }

    /** What it remembers of earlier steps, as it stands, always in the same order; nothing where each step is the first. */
    public List<float[]> memory() {
        return List.of();
    }

    /**
     * Updates one parameter.
     *
     * @param index which one, for the state that is kept for it
     * @param kept factor that weight decay leaves
     */
    abstract void update(int index, float[] values, float[] gradient, float rate, float kept);

    /** One array of zeros per parameter. */
    static float[][] state(List<Parameter> parameters) {
        return parameters.stream().map(p -> new float[p.values().length]).toArray(float[][]::new);
    }
}
