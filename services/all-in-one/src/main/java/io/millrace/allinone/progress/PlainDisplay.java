package io.millrace.allinone.progress;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.Event;
import io.millrace.events.LearningRateFound;
import io.millrace.events.SearchCompleted;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One line per event that a reader of a log cares about. */
public final class PlainDisplay implements ProgressDisplay {
    private final PrintStream out;
    private final Instant start;

    public PlainDisplay(PrintStream out, Instant start) {
        this.out = out;
        this.start = start;
    }

    @Override
    public void onEvent(Event event, RunProgress progress, Instant now) {
        describe(event, progress)
                .ifPresent(line -> out.printf(
                        Locale.ROOT,
                        "%6.1fs  %s%n",
                        Duration.between(start, now).toMillis() / 1000.0,
                        line));
    }

    private static Optional<String> describe(Event event, RunProgress progress) {
        if (event instanceof DatasetProfiled e) {
            return Optional.of("profiled   " + Lines.profile(e));
        } else if (event instanceof LearningRateFound e) {
            return Optional.of("range test " + e.candidate() + " trains at "
                    + Numbers.significant(e.chosen().base()) + " to "
                    + Numbers.significant(e.chosen().max()));
        } else if (event instanceof TrialEvaluated e) {
            return Optional.of("trial      " + Lines.trial(e) + "; best so far " + progress.bestScore());
        } else if (event instanceof TrialFailed e) {
            return Optional.of("trial      " + e.trial() + " ended without a model: " + e.message());
        } else if (event instanceof SearchCompleted e) {
            return Optional.of("search     " + e.trials() + " trials; " + e.reason());
        } else if (event instanceof EnsembleBuilt e) {
            return Optional.of("ensemble   " + Lines.ensemble(e));
        }
        return Optional.empty();
    }

    @Override
    public void onTick(RunProgress progress, Instant now) {
        // A log shows what happened, not that time passes.
    }

    @Override
    public void end() {
        out.flush();
    }
}
