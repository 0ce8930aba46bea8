package io.millrace.allinone.progress;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.LearningRateFound;
import io.millrace.events.ModelPublished;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is known of a run so far: a fold over its events, in whatever order the topics deliver them. Not thread-safe. */
public final class RunProgress {
    private final Set<String> rangesRequested = new HashSet<>();
    private final Set<String> rangesFound = new HashSet<>();
    private final Set<String> trialsRequested = new HashSet<>();
    private final Set<String> trialsEnded = new HashSet<>();
    private int failedTrials;
    private Optional<DatasetProfiled> profile = Optional.empty();
    private Optional<TrialEvaluated> best = Optional.empty();
    private Optional<SearchCompleted> search = Optional.empty();
    private Optional<EnsembleBuilt> ensemble = Optional.empty();
    private Optional<Event> outcome = Optional.empty();

    /** Takes one event of the run. */
    public void on(Event event) {
        if (event instanceof DatasetProfiled e) {
            profile = Optional.of(e);
        } else if (event instanceof RangeTestRequested e) {
            rangesRequested.add(e.candidate());
        } else if (event instanceof LearningRateFound e) {
            rangesRequested.add(e.candidate());
            rangesFound.add(e.candidate());
        } else if (event instanceof TrialRequested e) {
            trialsRequested.add(e.trial() + '/' + e.rung());
        } else if (event instanceof TrialEvaluated e) {
            end(e.trial() + '/' + e.rung());
            if (best.isEmpty() || error(e) < error(best.get())) {
                best = Optional.of(e);
            }
        } else if (event instanceof TrialFailed e) {
            end(e.trial() + '/' + e.rung());
            failedTrials++;
        } else if (event instanceof SearchCompleted e) {
            search = Optional.of(e);
        } else if (event instanceof EnsembleBuilt e) {
            ensemble = Optional.of(e);
        } else if (event instanceof ModelPublished || event instanceof RunFailed || event instanceof DatasetRejected) {
            outcome = Optional.of(event);
        }
    }

    private void end(String work) {
        trialsRequested.add(work);
        trialsEnded.add(work);
    }

    private static double error(TrialEvaluated e) {
        return e.metric().asError(e.score().value());
    }

    public Optional<DatasetProfiled> profile() {
        return profile;
    }

    public int rangesRequested() {
        return rangesRequested.size();
    }

    public int rangesFound() {
        return rangesFound.size();
    }

    /** Trials that ended, promotions counted on their own, failures included. */
    public int trialsEnded() {
        return trialsEnded.size();
    }

    public int trialsRunning() {
        return trialsRequested.size() - trialsEnded.size();
    }

    public int failedTrials() {
        return failedTrials;
    }

    /** The trial with the best out-of-fold score so far. */
    public Optional<TrialEvaluated> best() {
        return best;
    }

    /** The best score as words, such as {@code log_loss 0.4812 (t003 boosting)}. */
    public String bestScore() {
        return best.map(e -> e.metric().wireName() + ' '
                        + Numbers.significant(e.score().value()) + " (" + e.trial() + ' '
                        + e.configuration().family() + ')')
                .orElse("no score yet");
    }

    public Optional<SearchCompleted> search() {
        return search;
    }

    public Optional<EnsembleBuilt> ensemble() {
        return ensemble;
    }

    /** How the run ended: {@link ModelPublished}, {@link RunFailed} or {@link DatasetRejected}. */
    public Optional<Event> outcome() {
        return outcome;
    }
}
