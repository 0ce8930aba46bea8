package io.millrace.modelling.layer;

import java.util.Iterator;
import java.util.List;

/** A stage of a network. Its output and gradient tensors are its own and are overwritten by the next call. */
public interface Layer extends AutoCloseable {
    /** Columns of what it puts out. */
    int outputs();

    /**
     * Computes the outputs of the first {@code rows} rows.
     *
     * @param training whether {@link #backward} will follow; dropout acts only then
     */
    Tensor forward(Tensor inputs, int rows, boolean training);

    /**
     * Sets the gradients of the parameters after a training {@link #forward} on the same rows.
     *
     * @param gradient derivative of the loss by the outputs; overwritten
     * @return derivative of the loss by the inputs; null where {@code wanted} is false
     */
    Tensor backward(Tensor gradient, int rows, boolean wanted);

    /** Everything that training changes, always in the same order. */
    List<Parameter> parameters();

    /** Fits initial weights to a first batch of inputs, where the layer's recipe asks for it. */
    default void calibrate(Tensor inputs, int rows) {}

    /** Sets the share of outputs that are dropped in training; nothing where the layer has no dropout. */
    default void dropout(double share) {}

    /** How often each of its sources of randomness was drawn from, always in the same order; none where nothing is random. */
    default List<Long> draws() {
        return List.of();
    }

    /** Draws as often as another of the same kind did, which leaves every source where the other's stands; takes its own numbers. */
    default void skipTo(Iterator<Long> draws) {}

    /** Units with an activation, whose derivative can be 0; none in a layer that is linear. */
    default int units() {
        return 0;
    }

    /** Units among these that no row of the last {@link #backward} gave a gradient. */
    default int deadUnits() {
        return 0;
    }

    @Override
    void close();
}
