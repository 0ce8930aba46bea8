package io.millrace.modelling.network;

/** A number that changes along a training: a learning rate, a decay, a share that is dropped. */
@FunctionalInterface
interface Schedule {
    /** Its value at a step, from 0. */
    double at(int step);

    /** Always the same. */
    static Schedule constant(double value) {
        return step -> value;
    }

    /** {@code value} for the first half of the steps, then half a cosine down to 0. */
    static Schedule flatCosine(double value, int steps) {
        return step -> {
            double done = (double) step / steps;
            return done < 0.5 ? value : value * (1 + Math.cos(Math.PI * Math.min(1, 2 * done - 1))) / 2;
        };
    }

    /** {@code value} times (1 - cos(2 pi log2(1 + 15 t))) / 2: four cycles, each twice as long (RealMLP's coslog4). */
    static Schedule cosineOfLogarithm(double value, int steps) {
        return step -> {
            double cycles = Math.log(1 + 15.0 * step / steps) / Math.log(2);
            return value * (1 - Math.cos(2 * Math.PI * cycles)) / 2;
        };
    }
}
