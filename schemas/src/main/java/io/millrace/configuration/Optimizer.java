package io.millrace.configuration;

/** Rule by which gradients become steps. */
public enum Optimizer {
    /** Adam with beta (0.9, 0.999). */
    ADAM,
    /** Adam with decoupled weight decay. */
    ADAMW,
    /** Stochastic gradient descent with Nesterov momentum 0.9. */
    NESTEROV,
    /** RMSProp with decay 0.95. */
    RMSPROP,
    /** Plain stochastic gradient descent. */
    SGD,
    /** Adam with Nesterov momentum. */
    NADAM,
    /** Adam whose step sizes never grow again. */
    AMSGRAD,
    /** AdaGrad, which sums up squared gradients from the first step on. */
    ADAGRAD
}
