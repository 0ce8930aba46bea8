package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.RateSchedule;

/** A number that changes along a training: a learning rate, a decay, a share that is dropped. */
@FunctionalInterface
interface Schedule {
    /** Its value at a step, from 0. */
    double at(int step);

    /** A learning rate within a range, along {@code steps} steps. */
    static Schedule of(RateSchedule course, LearningRateRange range, int steps) {
        return switch (course) {
            case ONE_CYCLE -> new OneCycle(range.max(), steps);
            case TRIANGULAR -> triangular(range, steps);
            case WARM_RESTARTS -> warmRestarts(range.max(), steps);
            case FLAT_COSINE -> flatCosine(range.max(), steps);
            case CONSTANT -> constant(range.max());
            case STEP -> steps(range.max(), steps);
            case COSLOG4 -> cosineOfLogarithm(range.max(), steps);
        };
    }

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

    /** Four times from base to maximum and back along straight lines (Smith, arXiv 1506.01186). */
    static Schedule triangular(LearningRateRange range, int steps) {
        return step -> {
            double cycle = 4.0 * step / steps;
            double height = 1 - Math.abs(2 * (cycle - Math.floor(cycle)) - 1);
            return range.base() + (range.max() - range.base()) * height;
        };
    }

    /** Half a cosine from {@code value} to 0, three times, each twice as long (SGDR, arXiv 1608.03983). */
    static Schedule warmRestarts(double value, int steps) {
        return step -> {
            double done = 7.0 * step / steps;
            double cycle = done < 1 ? done : done < 3 ? (done - 1) / 2 : Math.min(1, (done - 3) / 4);
            return value * (1 + Math.cos(Math.PI * cycle)) / 2;
        };
    }

    /** {@code value}, a tenth of it after 60 % of the steps, a hundredth after 85 %. */
    static Schedule steps(double value, int steps) {
        return step -> step < 0.6 * steps ? value : step < 0.85 * steps ? value / 10 : value / 100;
    }
}
