package io.millrace.trainer;

import io.millrace.events.TrialRequested;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.tables.StoredTables;
import io.millrace.trainer.core.Requests;
import java.util.List;

/** The trainer: a worker on {@code trial.requested}. */
public final class TrainerService implements Service {
    private static final String GROUP = "millrace-trainer";

    private final TrainerConfig config;
    private final Platform platform;
    private final StoredTables tables;
    private Subscription subscription;

    /** A trainer that shares no tables with another service. */
    public TrainerService(TrainerConfig config, Platform platform) {
        this(config, platform, new StoredTables(platform.blobs(), platform.scratch()));
    }

    /** A trainer beside other services, on the tables of their process. */
    public TrainerService(TrainerConfig config, Platform platform, StoredTables tables) {
        this.config = config;
        this.platform = platform;
        this.tables = tables;
    }

    @Override
    public void start() {
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
