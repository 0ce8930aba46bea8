package io.millrace.modelling.layer;

/**
 * What a {@link Dense} layer is made of.
 *
 * @param inputs columns in
 * @param outputs columns out
 * @param nonlinearity activation; null for none
 * @param blendRate rate factor of a parametric activation; 0 for a plain one
 * @param dropout whether outputs are dropped in training, by the share that is set then; needs an activation
 * @param deviation standard deviation of the initial weights
 * @param standardised whether initial weights are scaled so that each output has deviation 1 over the first batch
 * @param weightRate rate factor of the weights
 * @param biasDeviation standard deviation of the initial biases
 * @param biasRate rate factor of the biases
 * @param normalised whether every row is normalised before the activation
 */
public record DensePlan(
        int inputs,
        int outputs,
        Nonlinearity nonlinearity,
        double blendRate,
        boolean dropout,
        double deviation,
        boolean standardised,
        double weightRate,
        double biasDeviation,
        double biasRate,
        boolean normalised) {

    /** He initialisation (arXiv 1502.01852), but LeCun's for SELU, which normalises itself only then; biases 0. */
    public static DensePlan hidden(int inputs, int outputs, Nonlinearity nonlinearity, boolean dropout) {
        double gain = nonlinearity == Nonlinearity.SELU ? 1 : 2;
        return new DensePlan(
                inputs, outputs, nonlinearity, 0, dropout, Math.sqrt(gain / inputs), false, 1, 0, 1, false);
    }

    /** Xavier initialisation (Glorot and Bengio 2010), no activation. */
    public static DensePlan output(int inputs, int outputs) {
        return new DensePlan(
                inputs, outputs, null, 0, false, Math.sqrt(2.0 / (inputs + outputs)), false, 1, 0, 1, false);
    }

    /**
     * A hidden layer of RealMLP (Holzmueller et al. 2024). Its neural tangent form z = W x / sqrt(inputs) is written as
     * a plain product with weights and rates smaller by sqrt(inputs), which Adam cannot tell apart.
     */
    public static DensePlan realHidden(int inputs, int outputs, Nonlinearity nonlinearity, boolean dropout) {
        double scale = 1 / Math.sqrt(inputs);
        return new DensePlan(inputs, outputs, nonlinearity, 0.1, dropout, scale, true, scale, 1, 0.1, false);
    }

    /** The last layer of RealMLP. */
    public static DensePlan realOutput(int inputs, int outputs) {
        double scale = 1 / Math.sqrt(inputs);
        return new DensePlan(inputs, outputs, null, 0, false, scale, true, scale, 0, 0.1, false);
    }

    /** The same with an activation that has no trainable part. */
    public DensePlan withPlainActivation() {
        return but(0, deviation, standardised, normalised);
    }

    /** The same with weights that are 0 at first. */
    public DensePlan fromZero() {
        return but(blendRate, 0, false, normalised);
    }

    /** The same with layer norm before the activation. */
    public DensePlan withLayerNorm() {
        return but(blendRate, deviation, standardised, true);
    }

    private DensePlan but(double blendRate, double deviation, boolean standardised, boolean normalised) {
        return new DensePlan(
                inputs,
                outputs,
                nonlinearity,
                blendRate,
                dropout,
                deviation,
                standardised,
                weightRate,
                biasDeviation,
                biasRate,
                normalised);
    }
}
