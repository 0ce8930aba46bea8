package io.millrace.modelling.rangetest;

/**
 * Exponential moving average with bias correction: m = beta m + (1 - beta) x, and m / (1 - beta^t) is the average after t
 * values (Kingma and Ba, arXiv 1412.6980, section 3). Lightning's beta of 0.98 remembers 50 values, half of a sweep; ours remembers 10.
 */
final class Smoothing {
    static final double BETA = 0.9;

    private double moving;
    private double weight;

    /** Takes a value and returns the average so far. */
    double add(double value) {
        moving = BETA * moving + (1 - BETA) * value;
        weight = BETA * weight + (1 - BETA);
        return moving / weight;
    }
}
