package io.millrace.modelling.layer;

import java.util.List;

/**
 * Moves all weights towards 0 by the same amount, and those that are nearer onto it: the proximal step of an L1 penalty, taken after that
 * of the gradient (forward-backward splitting, Duchi and Singer, JMLR 2009). Like weight decay it is decoupled from the gradient: in the
 * loss an optimizer such as Adam would divide it by the size of each weight's gradients, and no weight would ever be 0. The
 * amount is the same for every weight as in TensorFlow's ProximalAdagrad, not divided along with the gradients as in ProxGen (Yun et al.,
 * NeurIPS 2021), so that it means the same for every optimizer.
 */
public final class SoftThreshold {
    private final List<Parameter> parameters;

    /** Acts on those parameters on which weight decay does. */
    public SoftThreshold(List<Parameter> parameters) {
        this.parameters = parameters.stream().filter(Parameter::decays).toList();
    }

    /**
     * Takes an amount off the size of every weight.
     *
     * @param amount from 0; less where a parameter's own rate is lower, because its weights are as much smaller
     */
    public void apply(double amount) {
        if (amount > 0) {
            for (Parameter parameter : parameters) {
                shrink(parameter.values(), (float) amount * parameter.rateFactor());
            }
        }
    }

    /** What is no number remains none, for the loss to show. */
    private static void shrink(float[] values, float amount) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= Math.max(-amount, Math.min(amount, values[i]));
        }
    }
}
