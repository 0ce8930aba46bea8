package io.millrace.modelling.encode;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a number becomes one of about unit size. Models from before there was a choice are {@link RobustScale}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = RobustScale.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RobustScale.class, name = "robust"),
    @JsonSubTypes.Type(value = NormalScale.class, name = "normal")
})
sealed interface NumberScale permits RobustScale, NormalScale {
    /**
     * Tails longer than so many times the distance between the quartiles make the scale normal: their values would all be
     * clipped alike. It is 3.4 for a normal distribution, 4.2 for an exponential, 7.0 for a lognormal one.
     */
    double LONG_TAILS = 6;
    /** Of fewer rows the tails are not known. */
    int LEAST_ROWS = 300;

    /**
     * The scale of a column that has these values; sorts them. They may be a part of the column. A column of which half
     * the rows have one value stays robust: networks did worse when its rare values were spread.
     */
    static NumberScale of(double[] sample, double minimum, double maximum) {
        RobustScale robust = RobustScale.of(sample, minimum, maximum);
        double quartiles = quantile(sample, 0.75) - quantile(sample, 0.25);
        double tails = quantile(sample, 0.99) - quantile(sample, 0.01);
        return sample.length >= LEAST_ROWS && quartiles > 0 && tails > LONG_TAILS * quartiles
                ? NormalScale.of(sample)
                : robust;
    }

    /** Scales a finite number. */
    double apply(double value);

    /** Quantile of sorted values by linear interpolation; 0 of none. */
    static double quantile(double[] sorted, double q) {
        if (sorted.length == 0) {
            return 0;
        }
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
