package io.millrace.modelling.network;

import io.millrace.configuration.Optimizer;
import io.millrace.modelling.layer.AdaGrad;
import io.millrace.modelling.layer.Adam;
import io.millrace.modelling.layer.AmsGrad;
import io.millrace.modelling.layer.Nadam;
import io.millrace.modelling.layer.Nesterov;
import io.millrace.modelling.layer.Parameter;
import io.millrace.modelling.layer.PointLoss;
import io.millrace.modelling.layer.RmsProp;
import io.millrace.modelling.layer.Sgd;
import io.millrace.modelling.layer.Stepper;
import java.util.List;

/**
 * How weights change.
 *
 * @param optimizer which rule turns gradients into steps
 * @param beta2 how slowly Adam and its kin forget squared gradients
 * @param rate learning rate
 * @param decay decoupled weight decay per unit learning rate
 * @param l1 decoupled L1 penalty per unit learning rate
 * @param dropout share of hidden outputs dropped
 * @param averagedSteps steps over which weights are averaged
 * @param clip greatest norm of the whole gradient; infinite for any
 * @param loss what is minimised where the target is a number
 * @param labelSmoothing share of probability spread evenly over the classes where the target is a class
 * @param seed seed of initial weights and dropout
 */
record TrainingRules(
        Optimizer optimizer,
        double beta2,
        Schedule rate,
        Schedule decay,
        Schedule l1,
        Schedule dropout,
        double averagedSteps,
        double clip,
        PointLoss loss,
        double labelSmoothing,
        long seed) {

    Stepper stepper(List<Parameter> parameters) {
        return switch (optimizer) {
            case ADAM, ADAMW -> new Adam(parameters, 0.9, beta2);
            case NADAM -> new Nadam(parameters, 0.9, beta2);
            case AMSGRAD -> new AmsGrad(parameters, 0.9, beta2);
            case NESTEROV -> new Nesterov(parameters, 0.9);
            case SGD -> new Sgd(parameters);
            case RMSPROP -> new RmsProp(parameters, 0.95);
            case ADAGRAD -> new AdaGrad(parameters);
        };
    }

    /** The same along another learning rate. */
    TrainingRules withRate(Schedule other) {
        return new TrainingRules(
                optimizer, beta2, other, decay, l1, dropout, averagedSteps, clip, loss, labelSmoothing, seed);
    }
}
