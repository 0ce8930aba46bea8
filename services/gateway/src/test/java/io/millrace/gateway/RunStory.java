package io.millrace.gateway;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.BlobRef;
import io.millrace.events.DataCurve;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Diagnosis;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.FailureKind;
import io.millrace.events.LearningRateFound;
import io.millrace.events.ModelPublished;
import io.millrace.events.ProgressCurve;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RankedTrial;
import io.millrace.events.RunFailed;
import io.millrace.events.RunSettings;
import io.millrace.events.Score;
import io.millrace.events.SearchCompleted;
import io.millrace.events.StopRule;
import io.millrace.events.Suggestions;
import io.millrace.events.TrainingEnd;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.events.Verdict;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of one run as the services would publish them: two networks and a boosting trial, of which {@code t003}
 * fails and {@code t002} is promoted and wins. Each event is a second later than the one before.
 */
public final class RunStory {
    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final NetworkConfiguration MLP = new NetworkConfiguration(
            "mlp", List.of(128, 128), Activation.RELU, 8, 0.1, 1e-4, 0, Optimizer.ADAMW, 128, 40, 8);
    private static final TreesConfiguration BOOSTING =
            new TreesConfiguration("boosting", 500, 0.1, 6, 0, 1, 0.8, 0.8, 1, 0, 256, 30);
    private static final LearningRateRange RATES = new LearningRateRange(0.001, 0.01);

    private final String run;
    private final String name;
    private final BlobRef curve;
    private final BlobRef archive;

    public RunStory(String run, String name, BlobRef curve, BlobRef archive) {
        this.run = run;
        this.name = name;
        this.curve = curve;
        this.archive = archive;
    }

    public RunStory(String run, String name) {
        this(run, name, blob("curve"), blob("archive"));
    }

    public String run() {
        return run;
    }

    public Envelope<DatasetSubmitted> submitted() {
        return at(0, name, new DatasetSubmitted(name, name + ".csv", blob("data"), settings(), START));
    }

    public Envelope<DatasetProfiled> profiled() {
        return at(
                1,
                name,
                new DatasetProfiled(
                        name,
                        blob("table"),
                        blob("profile"),
                        Task.BINARY,
                        Metric.AUC,
                        800,
                        200,
                        5,
                        3,
                        0,
                        2,
                        5,
                        settings(),
                        START,
                        Optional.empty()));
    }

    public Envelope<DatasetRejected> rejected() {
        return at(
                1,
                name,
                new DatasetRejected(
                        name, "no-such-target", "There is no column 'churned'.", "Name one of: age, churn."));
    }

    public Envelope<RangeTestRequested> rangeTestRequested() {
        return at(
                2,
                "mlp-adamw",
                new RangeTestRequested("mlp-adamw", MLP, blob("table"), blob("profile"), 7, Optional.empty()));
    }

    public Envelope<LearningRateFound> learningRateFound() {
        Suggestions suggestions =
                new Suggestions(Optional.of(0.01), Optional.of(0.02), Optional.of(0.005), Optional.empty());
        return at(
                3,
                "mlp-adamw",
                new LearningRateFound(
                        "mlp-adamw", MLP, curve, suggestions, RATES, 4, 1.5, Optional.of(0.9), Optional.empty()));
    }

    public Envelope<TrialRequested> trialRequested(int second, int number, int rung) {
        return at(second, "t00" + number + "/" + rung, request(number, rung));
    }

    /** A third trial that is asked for when it is known what fewer rows give. */
    public Envelope<TrialRequested> requestedKnowing(DataCurve curve) {
        return at(9, "t003/0", request(3, 0).with(curve));
    }

    /** A third trial that is held against others. */
    public Envelope<TrialRequested> requestedUnder(StopRule rule) {
        return at(9, "t003/0", request(3, 0).with(rule));
    }

    /** A third trial that pauses. */
    public Envelope<TrialRequested> requestedToPauseAfter(int epoch) {
        return at(9, "t003/0", request(3, 0).pausingAfter(epoch));
    }

    /** How far the third trial came before it ended for the sake of others. */
    public Envelope<TrialEvaluated> thirdEndedBy(TrainingEnd end, ProgressCurve progress) {
        TrialEvaluated e = trialEvaluated(10, 3, 0, 0.8).event();
        return at(
                10,
                "t003/0",
                e.with(e.artifacts(), e.complete(), e.diagnosis(), Optional.of(end.wireName()), Optional.of(progress)));
    }

    public Envelope<TrialTrained> trialTrained(int second, int number, int rung) {
        return at(
                second,
                "t00" + number + "/" + rung,
                new TrialTrained(request(number, rung), artifacts(rung), true, 2.5, 2.75, Optional.empty()));
    }

    public Envelope<TrialEvaluated> trialEvaluated(int second, int number, int rung, double auc) {
        Diagnosis diagnosis =
                new Diagnosis(Verdict.HEALTHY, 0.8, Map.of("gap", 0.01), "Training and validation agree.");
        return at(
                second,
                "t00" + number + "/" + rung,
                new TrialEvaluated(
                        "t00" + number,
                        number,
                        rung,
                        configuration(number),
                        rates(number),
                        artifacts(rung),
                        true,
                        Metric.AUC,
                        new Score(auc, auc - 0.02, auc + 0.02),
                        Map.of(Metric.AUC, auc, Metric.LOG_LOSS, 0.4),
                        diagnosis,
                        2.5,
                        2.75,
                        Optional.of("patience"),
                        Optional.empty()));
    }

    public Envelope<TrialFailed> trialFailed() {
        return at(9, "t003/0", new TrialFailed("t003", 3, 0, FailureKind.RESOURCE, "out of memory"));
    }

    public Envelope<SearchCompleted> searchCompleted() {
        return at(13, name, search());
    }

    public Envelope<EnsembleBuilt> ensembleBuilt() {
        return at(
                14,
                name,
                new EnsembleBuilt(
                        search(),
                        archive,
                        List.of(new EnsembleBuilt.Member("t002", 0.75), new EnsembleBuilt.Member("t001", 0.25)),
                        new Score(0.92, 0.9, 0.94),
                        new Score(0.01, 0.001, 0.02),
                        Optional.of(0.013)));
    }

    public Envelope<ModelPublished> modelPublished() {
        return at(
                15,
                name,
                new ModelPublished(
                        name,
                        run,
                        archive,
                        Task.BINARY,
                        "churn",
                        Metric.AUC,
                        new Score(0.92, 0.9, 0.94),
                        new Score(0.01, 0.001, 0.02),
                        Optional.of(0.012),
                        Optional.of(new Score(0.915, 0.89, 0.94)),
                        Map.of(Metric.AUC, 0.915),
                        Optional.empty(),
                        ranking(),
                        blob("leaderboard"),
                        3,
                        Map.of("seed", "7"),
                        START,
                        START.plusSeconds(15),
                        Optional.empty()));
    }

    public Envelope<RunFailed> failed() {
        return at(14, name, new RunFailed(name, "planner", FailureKind.TIMEOUT, "No trial ended; allow more time."));
    }

    /** Everything up to the end of the search. */
    public List<Envelope<? extends Event>> search(double second) {
        return List.of(
                submitted(),
                profiled(),
                rangeTestRequested(),
                learningRateFound(),
                trialRequested(4, 1, 0),
                trialRequested(4, 2, 0),
                trialRequested(4, 3, 0),
                trialTrained(5, 1, 0),
                trialEvaluated(6, 1, 0, 0.88),
                trialTrained(7, 2, 0),
                trialEvaluated(8, 2, 0, second),
                trialFailed(),
                trialRequested(10, 2, 1),
                trialTrained(11, 2, 1),
                trialEvaluated(12, 2, 1, 0.91));
    }

    /** The whole life of the run. */
    public List<Envelope<? extends Event>> whole() {
        List<Envelope<? extends Event>> all = new ArrayList<>(search(0.9));
        all.addAll(List.of(searchCompleted(), ensembleBuilt(), modelPublished()));
        return List.copyOf(all);
    }

    private SearchCompleted search() {
        return new SearchCompleted(
                name,
                blob("table"),
                blob("profile"),
                Metric.AUC,
                List.of(new SearchCompleted.Candidate("t002", artifacts(1))),
                ranking(),
                3,
                "The budget is spent.",
                7,
                START,
                Optional.of(START.plusSeconds(60)));
    }

    private static List<RankedTrial> ranking() {
        return List.of(
                new RankedTrial(
                        1,
                        "t002",
                        "mlp",
                        new Score(0.91, 0.89, 0.93),
                        5,
                        0.01,
                        5.5,
                        Verdict.HEALTHY,
                        0.75,
                        Optional.empty(),
                        Optional.of(2.5),
                        Optional.of("patience")),
                new RankedTrial(
                        2,
                        "t001",
                        "boosting",
                        new Score(0.88, 0.86, 0.9),
                        1,
                        0,
                        2.75,
                        Verdict.HEALTHY,
                        0.25,
                        Optional.empty(),
                        Optional.of(2.5),
                        Optional.of("patience")));
    }

    private TrialRequested request(int number, int rung) {
        return new TrialRequested(
                "t00" + number,
                number,
                rung,
                configuration(number),
                rates(number),
                folds(rung),
                Optional.empty(),
                Optional.empty(),
                Metric.AUC,
                blob("table"),
                blob("profile"),
                7,
                Optional.empty(),
                rung == 0 ? "A first look." : "Promoted: best of its rung.",
                Optional.of(START.plusSeconds(50)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Configuration configuration(int number) {
        return number == 1 ? BOOSTING : MLP;
    }

    private static Optional<LearningRateRange> rates(int number) {
        return number == 1 ? Optional.empty() : Optional.of(RATES);
    }

    private static TrialArtifacts artifacts(int rung) {
        return new TrialArtifacts(blob("predictions"), blob("model"), blob("curves"), folds(rung), Optional.empty());
    }

    private static List<Integer> folds(int rung) {
        return rung == 0 ? List.of(0) : List.of(0, 1, 2, 3, 4);
    }

    private static RunSettings settings() {
        return new RunSettings(
                Optional.of("churn"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(60)),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static BlobRef blob(String name) {
        return new BlobRef("blob:test/" + name, "ab".repeat(32), 10);
    }

    private <E extends Event> Envelope<E> at(int second, String subject, E event) {
        EventType type = EventType.of(event);
        return new Envelope<>(
                EventIds.of(type, run + "/" + subject, 0),
                subject,
                run,
                Optional.empty(),
                Optional.empty(),
                "/millrace/test",
                START.plusSeconds(second),
                event);
    }
}
