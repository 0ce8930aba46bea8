package io.millrace.evaluator;

import io.millrace.events.EnsembleBuilt;
import io.millrace.events.TrialTrained;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.signing.SigningKey;
import io.millrace.tables.TableFiles;
import java.util.ArrayList;
import java.util.List;

/** Scores trained trials and publishes built ensembles. */
public final class EvaluatorService implements Service {
    /** Share group of all evaluators. */
    public static final String GROUP = "millrace-evaluator";

    private final EvaluatorConfig config;
    private final Platform platform;
    private final List<Subscription> subscriptions = new ArrayList<>();

    public EvaluatorService(EvaluatorConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        EvaluatorMetrics metrics = new EvaluatorMetrics(platform.metrics());
        StoredTruths truths = new StoredTruths(new TableFiles(platform.blobs(), platform.scratch()));
        EvaluateTrial evaluate = new EvaluateTrial(platform.blobs(), truths, metrics);
        PublishModel publish = new PublishModel(
                platform, Learners.standard(), metrics, config.signingKey().map(SigningKey::read));
        subscriptions.add(platform.bus().work(GROUP, TrialTrained.class, config.slots(), evaluate, GivenUp::trial));
        subscriptions.add(platform.bus().work(GROUP, EnsembleBuilt.class, 1, publish, GivenUp::model));
    }

    @Override
    public boolean ready() {
        return !subscriptions.isEmpty() && subscriptions.stream().allMatch(Subscription::ready);
    }

    @Override
    public void close() {
        Subscription.closeAll(subscriptions);
    }
}
