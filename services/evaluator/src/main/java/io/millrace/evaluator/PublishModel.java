package io.millrace.evaluator;

import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.evaluator.core.Leaderboard;
import io.millrace.evaluator.core.Metrics;
import io.millrace.events.BlobRef;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.ModelPublished;
import io.millrace.events.Score;
import io.millrace.events.SearchCompleted;
import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.ensemble.Holdout;
import io.millrace.modelling.score.Bootstrap;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.runtime.signing.SigningKey;
import io.millrace.tables.TableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the holdout, once: scores the ensemble on it, writes predictions and leaderboard, signs and publishes the model. */
final class PublishModel implements EventHandler<EnsembleBuilt> {
    private final Platform platform;
    private final Learners learners;
    private final EvaluatorMetrics metrics;
    private final Optional<SigningKey> key;

    PublishModel(Platform platform, Learners learners, EvaluatorMetrics metrics, Optional<SigningKey> key) {
        this.platform = platform;
        this.learners = learners;
        this.metrics = metrics;
        this.key = key;
    }

    /** What the holdout says; nothing where there is none. */
    private record Verdict(Optional<Score> score, Map<Metric, Double> scores, Optional<BlobRef> predictions) {
        static final Verdict NONE = new Verdict(Optional.empty(), Map.of(), Optional.empty());
    }

    @Override
    public List<Emission> handle(Envelope<EnsembleBuilt> input, Work work) throws IOException {
        EnsembleBuilt built = input.event();
        SearchCompleted search = built.search();
        BlobStore blobs = platform.blobs();
        // Keyed by the event: a second worker on it overwrites nothing that a published event refers to but its equal.
        String prefix = "runs/" + input.runId() + "/published/" + input.id() + "/";
        try (WorkFolder folder = WorkFolder.below(platform.scratch())) {
            Path archive = folder.path().resolve("model.zip");
            blobs.download(built.model(), archive);
            try (EnsembleModel model = EnsembleModel.open(archive, learners::read)) {
                Verdict verdict = openHoldout(model, search, folder.path(), prefix);
                BlobRef leaderboard = blobs.put(
                        prefix + "leaderboard.csv", Leaderboard.csv(built).getBytes(StandardCharsets.UTF_8));
                DatasetProfile profile = model.manifest().profile();
                metrics.published(search.metric(), built.score().value());
                return List.of(new Emission(
                        input.subject(),
                        new ModelPublished(
                                search.name(),
                                input.runId(),
                                built.model(),
                                profile.task(),
                                profile.target(),
                                search.metric(),
                                built.score(),
                                built.gain(),
                                built.calibrationError(),
                                verdict.score(),
                                verdict.scores(),
                                verdict.predictions(),
                                Leaderboard.weighted(built),
                                leaderboard,
                                search.trials(),
                                model.manifest().provenance(),
                                search.submittedAt(),
                                platform.clock().instant(),
                                key.map(k -> k.sign(built.model().sha256())))));
            }
        }
    }

    private Verdict openHoldout(EnsembleModel model, SearchCompleted search, Path folder, String prefix)
            throws IOException {
        DatasetProfile profile = model.manifest().profile();
        if (profile.holdoutRows() == 0) {
            return Verdict.NONE;
        }
        TableFiles files = new TableFiles(platform.blobs(), platform.scratch());
        Holdout holdout = files.read(
                search.table(), search.profile(), (file, known) -> Holdout.read(file, known, files.scratch()));
        Matrix predictions = model.predict(holdout.table());
        Path csv = folder.resolve("holdout-predictions.csv");
        HoldoutCsv.write(csv, holdout, predictions);
        double[] target = holdout.table().target();
        Map<Metric, Double> scores = Metrics.all(profile.task(), target, predictions);
        return new Verdict(
                Optional.ofNullable(scores.get(search.metric()))
                        .map(defined -> Bootstrap.interval(search.metric(), target, predictions, search.seed())),
                scores,
                Optional.of(platform.blobs().put(prefix + "holdout-predictions.csv", csv)));
    }
}
