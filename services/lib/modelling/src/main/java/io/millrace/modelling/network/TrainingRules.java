package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.ISchedule;

/** How weights change: the optimizer and penalties of a configuration along a schedule. */
record TrainingRules(NetworkConfiguration network, ISchedule schedule, long seed) {
    IUpdater updater() {
        return switch (network.optimizer()) {
            case ADAM, ADAMW -> Adam.builder().learningRateSchedule(schedule).build();
            case NESTEROV ->
                Nesterovs.builder().learningRateSchedule(schedule).momentum(0.9).build();
            case RMSPROP ->
                RmsProp.builder()
                        .learningRateSchedule(schedule)
                        .rmsDecay(0.95)
                        .epsilon(1e-8)
                        .build();
        };
    }

    /** Share of activations that a layer keeps, in Deeplearning4j's sense. */
    double retained() {
        return 1 - network.dropout();
    }
}
