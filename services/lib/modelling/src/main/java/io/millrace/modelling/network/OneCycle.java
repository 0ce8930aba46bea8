package io.millrace.modelling.network;

/**
 * One-cycle learning rate (Smith and Topin, arXiv 1708.07120; fastai's form): half a cosine from peak / 25 up to the
 * peak over the first 30 % of the steps, then half a cosine down to peak / 10,000.
 *
 * @param peak highest learning rate
 * @param steps iterations of the whole cycle
 */
record OneCycle(double peak, int steps) implements Schedule {
    private static final double RISING = 0.3;
    private static final double START_DIVISOR = 25;
    private static final double END_DIVISOR = 1e4;

    @Override
    public double at(int step) {
        double done = Math.min(1, (double) step / Math.max(1, steps - 1));
        return done < RISING
                ? cosine(peak / START_DIVISOR, peak, done / RISING)
                : cosine(peak, peak / END_DIVISOR, (done - RISING) / (1 - RISING));
    }

    private static double cosine(double from, double to, double share) {
        return from + (to - from) * (1 - Math.cos(Math.PI * share)) / 2;
    }
}
