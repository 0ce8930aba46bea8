package io.millrace.trainer;

import io.millrace.events.TrialRequested;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.trainer.core.Requests;
import java.util.List;

/** The trainer: a worker on {@code trial.requested}. */
public final class TrainerService implements Service {
    private static final String GROUP = "millrace-trainer";

    private final TrainerConfig config;
    private final Platform platform;
    private Subscription subscription;

    public TrainerService(TrainerConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        TableLoader tables = new TableLoader(platform.blobs(), platform.scratch());
        TrainTrial trainTrial = new TrainTrial(config, platform, tables::load, new TrialTraining(Learners.standard()));
        subscription = platform.bus()
                .work(
                        GROUP,
                        TrialRequested.class,
                        config.slots(),
                        trainTrial,
                        (input, failure) -> List.of(new Emission(
                                Requests.subject(input.event()), Requests.failed(input.event(), failure))));
    }

    @Override
    public boolean ready() {
        return subscription != null && subscription.ready();
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
