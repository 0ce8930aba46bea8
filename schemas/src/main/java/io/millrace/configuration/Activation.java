package io.millrace.configuration;

/** Non-linearity of a hidden layer. */
public enum Activation {
    RELU,
    SELU,
    MISH,
    GELU
}
