package io.millrace.modelling.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Weight decay of AdamW (Loshchilov and Hutter, arXiv 1711.05101): each step takes learning rate * coefficient * weight
 * off. It is no part of the loss, while Deeplearning4j adds a norm to the score, which costs time and blurs the curve.
 */
final class DecoupledDecay extends WeightDecay {
    private static final long serialVersionUID = 1L;

    DecoupledDecay(double coefficient) {
        super(coefficient, true);
    }

    @Override
    public double score(INDArray param, int iteration, int epoch) {
        return 0;
    }

    @Override
    public Regularization clone() {
        return this;
    }
}
