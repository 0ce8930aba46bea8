package io.millrace.modelling.network;

import io.millrace.configuration.Optimizer;
import io.millrace.modelling.layer.Adam;
import io.millrace.modelling.layer.Nesterov;
import io.millrace.modelling.layer.Parameter;
import io.millrace.modelling.layer.RmsProp;
import io.millrace.modelling.layer.Stepper;
import java.util.List;

/**
 * How weights change.
 *
 * @param optimizer which rule turns gradients into steps
 * @param beta2 how slowly Adam forgets squared gradients
 * @param rate learning rate
 * @param decay decoupled weight decay per unit learning rate
 * @param dropout share of hidden outputs dropped
 * @param averagedSteps steps over which weights are averaged
 * @param seed seed of initial weights and dropout
 */
record TrainingRules(
        Optimizer optimizer,
        double beta2,
        Schedule rate,
        Schedule decay,
        Schedule dropout,
        double averagedSteps,
        long seed) {

    Stepper stepper(List<Parameter> parameters) {
        return switch (optimizer) {
            case ADAM, ADAMW -> new Adam(parameters, 0.9, beta2);
            case NESTEROV -> new Nesterov(parameters, 0.9);
            case RMSPROP -> new RmsProp(parameters, 0.95);
        };
    }

    /** The same along another learning rate. */
    TrainingRules withRate(Schedule other) {
        return new TrainingRules(optimizer, beta2, other, decay, dropout, averagedSteps, seed);
    }
}
