package io.millrace.scorer;

import io.millrace.events.PredictionRequested;
import io.millrace.http.HttpListener;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.scorer.http.ScorerRoutes;
import java.nio.file.Path;
import java.time.Duration;

/** Predicts new rows with the newest model of every name. */
public final class ScorerService implements Service {
    /** Share group of all scorers. */
    public static final String GROUP = "millrace-scorer";

    private static final Duration CLEARED = Duration.ofHours(1);

    private final ScorerConfig config;
    private final Platform platform;
    private final Learners learners;
    private PublishedModels models;
    private OpenModels open;
    private HttpListener server;
    private Housekeeping clearing;
    private Subscription subscription;

    public ScorerService(ScorerConfig config, Platform platform) {
        this(config, platform, Learners.standard());
    }

    ScorerService(ScorerConfig config, Platform platform, Learners learners) {
        this.config = config;
        this.platform = platform;
        this.learners = learners;
    }

    @Override
    public void start() {
        Path scratch = platform.scratch();
        models = PublishedModels.follow(platform.bus());
        open = new OpenModels(platform.blobs(), scratch, config.trust(), learners, config.room());
        ScorerMetrics metrics = new ScorerMetrics(platform.metrics(), open);
        PredictFile predict = new PredictFile(open, metrics, config, scratch);
        server = new ScorerRoutes(config.http(), config.slots(), models, predict, metrics, scratch)
                .start(ScorerConfig.VARIABLES);
        OldPredictions old = new OldPredictions(platform.blobs());
        clearing = new Housekeeping("scorer-clearing")
                .every(
                        CLEARED,
                        () -> old.forgetBefore(platform.clock().instant().minus(config.predictionsKept())));
        subscription = platform.bus()
                .work(
                        GROUP,
                        PredictionRequested.class,
                        config.slots(),
                        new PredictRows(platform, models, predict, config.fileLimit()),
                        PredictRows::givenUp);
    }

    /** Port that it listens on; the configured one, or the free one that was taken for 0. */
    public int port() {
        return server.port();
    }

    @Override
    public boolean ready() {
        return subscription != null && subscription.ready() && models.ready();
    }

    @Override
    public void close() {
        // Each part may be missing when the start failed half-way.
        if (subscription != null) {
            subscription.close();
        }
        if (clearing != null) {
            clearing.close();
        }
        if (server != null) {
            server.close();
        }
        if (models != null) {
            models.close();
        }
        if (open != null) {
            open.close();
        }
    }
}
