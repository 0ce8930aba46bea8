package io.millrace.configuration;

/** How a learning rate changes along a training, within the range that a range test found. */
public enum RateSchedule {
    /** Up to the maximum over the first 30 % of the steps, then down to a ten-thousandth, along cosines. */
    ONE_CYCLE,
    /** Four times from base to maximum and back, along straight lines. */
    TRIANGULAR,
    /** Three falls from the maximum to 0, each twice as long as the one before. */
    WARM_RESTARTS,
    /** The maximum for half of the steps, then a cosine down to 0. */
    FLAT_COSINE,
    /** The maximum throughout. */
    CONSTANT,
    /** The maximum, a tenth of it after 60 % of the steps and a hundredth after 85 %. */
    STEP,
    /** Four waves between 0 and the maximum, each twice as long as the one before. */
    COSLOG4
}
