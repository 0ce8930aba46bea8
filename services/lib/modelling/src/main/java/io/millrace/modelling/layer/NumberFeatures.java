package io.millrace.modelling.layer;

import java.util.List;

/** What one number becomes: itself and learned functions of it. */
sealed interface NumberFeatures permits Periodic, PiecewiseLinear {
    /** Columns out, the number itself included. */
    int width();

    /** Reads column {@code column} of {@code in} and writes {@link #width} columns from {@code at} into {@code out}. */
    void forward(float[] in, int inWidth, int column, float[] out, int outWidth, int at, int rows);

    /** Sets the gradients from the derivative by what {@link #forward} wrote. */
    void backward(float[] gradient, int width, int at, int rows);

    /** Everything that training changes. */
    List<Parameter> parameters();
}
