package io.millrace.modelling.gaussian;

/**
 * How alike the values of a process at two rows are: a smooth part, which fades with their distance, and a linear one.
 *
 * @param reach distance at which the smooth part has faded to e^-1/2, in root mean square distances of rows from their mean
 * @param linear weight of the linear part by that of the smooth one
 * @param noise variance of what differs at equal rows by that of the smooth part
 */
record Kernel(double reach, double linear, double noise) {
    /**
     * Without noise, of rows that are measured in root mean square distances from their mean, which is 0.
     *
     * @param squaredDistance between the two
     * @param product of the two
     */
    double of(double squaredDistance, double product) {
        return Math.exp(-squaredDistance / (2 * reach * reach)) + linear * product;
    }
}
