package io.millrace.ensembler;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.BlobRef;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.modelling.ensemble.EnsembleSelection;
import io.millrace.modelling.ensemble.Provenance;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Work;
import io.millrace.tables.TableFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Selects the ensemble on what candidates predicted out of fold, and packs it. */
final class BuildEnsemble implements EventHandler<SearchCompleted> {
    private final EnsemblerConfig config;
    private final Platform platform;
    private final EnsemblerMetrics metrics;

    BuildEnsemble(EnsemblerConfig config, Platform platform, EnsemblerMetrics metrics) {
        this.config = config;
        this.platform = platform;
        this.metrics = metrics;
    }

    @Override
    public List<Emission> handle(Envelope<SearchCompleted> input, Work work) throws IOException {
        SearchCompleted search = input.event();
        if (search.candidates().isEmpty()) {
            return List.of(new Emission(input.subject(), withoutCandidates(search)));
        }
        try (WorkFolder folder = WorkFolder.below(platform.scratch())) {
            Truth truth = truth(search);
            StoredCandidates stored = StoredCandidates.read(search, truth, platform.blobs());
            EnsembleSelection selection = EnsembleSelection.of(
                    search.metric(),
                    stored.target(),
                    stored.predictions(),
                    stored.bagged(),
                    search.seed(),
                    stop(search, work));
            if (work.cancelled()) {
                throw new EventHandlingException(
                        Kind.RETRYABLE,
                        "the selection was cut short because the lease was lost or the service stops",
                        null);
            }
            List<EnsembleBuilt.Member> members = IntStream.range(0, selection.weights().length)
                    .filter(j -> selection.weights()[j] > 0)
                    .mapToObj(j -> new EnsembleBuilt.Member(
                            stored.candidates().get(j).trial(), selection.weights()[j]))
                    .toList();
            EnsembleManifest manifest = manifest(input, truth.profile(), stored.candidates(), members, selection);
            BlobRef model = new EnsemblePacking(platform.blobs(), folder.path())
                    .pack("runs/" + input.runId() + "/ensemble-", manifest, stored.candidates());
            metrics.built(members.size());
            return List.of(new Emission(
                    input.subject(),
                    new EnsembleBuilt(
                            search,
                            model,
                            members,
                            selection.score(),
                            selection.gain(),
                            selection.calibrationError())));
        }
    }

    private static RunFailed withoutCandidates(SearchCompleted search) {
        return search.trials() == 0
                ? new RunFailed(
                        search.name(),
                        "ensembler",
                        FailureKind.TIMEOUT,
                        "No trial ended before the search did (" + search.reason()
                                + "). Give the run a longer budget, or fewer rows.")
                : new RunFailed(
                        search.name(),
                        "ensembler",
                        FailureKind.BUG,
                        "None of the " + search.trials() + " trials led to a usable model (" + search.reason()
                                + "). The trial.failed events of the run say why.");
    }

    private Truth truth(SearchCompleted search) {
        TableFiles files = new TableFiles(platform.blobs(), platform.scratch());
        return files.read(
                search.table(), search.profile(), (file, profile) -> Truth.read(file, profile, files.scratch()));
    }

    /**
     * When what can be left out is: from the reserve on, but not before as long again has passed from now. A search that ends
     * late would otherwise lose its ensemble, which is worth more than the time. A run that counts trials never cuts corners,
     * so that it replays.
     */
    private BooleanSupplier stop(SearchCompleted search, Work work) {
        Instant least = platform.clock().instant().plus(config.reserve());
        Optional<Instant> end = search.deadline()
                .map(deadline -> deadline.minus(config.reserve()))
                .map(usual -> usual.isAfter(least) ? usual : least);
        return () -> work.cancelled()
                || end.filter(e -> platform.clock().instant().isAfter(e)).isPresent();
    }

    private static EnsembleManifest manifest(
            Envelope<SearchCompleted> input,
            DatasetProfile profile,
            List<Candidate> candidates,
            List<EnsembleBuilt.Member> members,
            EnsembleSelection selection) {
        List<EnsembleManifest.Member> packed = members.stream()
                .map(m -> new EnsembleManifest.Member(m.trial(), m.weight(), folds(candidates, m.trial())))
                .toList();
        return new EnsembleManifest(
                EnsembleManifest.FORMAT,
                profile,
                input.event().metric(),
                packed,
                selection.finish(),
                Provenance.of(input.runId(), input.event()));
    }

    private static List<Integer> folds(List<Candidate> candidates, String trial) {
        return candidates.stream()
                .filter(c -> c.trial().equals(trial))
                .findFirst()
                .orElseThrow()
                .artifacts()
                .folds();
    }
}
