package io.millrace.allinone.progress;

import io.millrace.events.Event;
import io.millrace.events.RunSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A bar per stage, drawn in place with ANSI escapes. */
public final class TerminalDisplay implements ProgressDisplay {
    private static final int BAR = 24;
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintStream out;
    private final Instant start;
    private final RunSettings settings;
    private final int width;
    private int drawn;

    /** @param width columns of the terminal; longer lines are cut, so that redrawing in place works */
    public TerminalDisplay(PrintStream out, Instant start, RunSettings settings, int width) {
        this.out = out;
        this.start = start;
        this.settings = settings;
        this.width = Math.max(1, width);
    }

    @Override
    public void onEvent(Event event, RunProgress progress, Instant now) {
        draw(progress, now);
    }

    @Override
    public void onTick(RunProgress progress, Instant now) {
        draw(progress, now);
    }

    @Override
    public void end() {
        out.println();
        out.flush();
        drawn = 0;
    }

    private void draw(RunProgress progress, Instant now) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 1) {
            frame.append("\u001b[").append(drawn - 1).append('A');
        }
        frame.append('\r');
        List<String> lines = frame(progress, now);
        frame.append(String.join(
                "\n",
                lines.stream()
                        .map(l -> CLEAR_LINE + l.substring(0, Math.min(width - 1, l.length())))
                        .toList()));
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }

    /** The lines of one frame, without escapes. */
    List<String> frame(RunProgress progress, Instant now) {
        List<String> lines = new ArrayList<>();
        boolean profiled = progress.profile().isPresent();
        lines.add(stage(
                "profile",
                profiled ? 1 : 0,
                progress.profile().map(Lines::profile).orElse("reading")));
        lines.add(stage(
                "range tests",
                share(progress.rangesFound(), progress.rangesRequested()),
                progress.rangesFound() + " of " + progress.rangesRequested()));
        lines.add(stage("trials", searchShare(progress, now), trials(progress)));
        lines.add(stage(
                "ensemble",
                progress.ensemble().isPresent() ? 1 : 0,
                progress.ensemble().map(Lines::ensemble).orElse("")));
        lines.add(timeLeft(progress, now));
        return lines;
    }

    private static String trials(RunProgress progress) {
        String failed = progress.failedTrials() > 0 ? ", " + progress.failedTrials() + " failed" : "";
        return progress.trialsEnded() + " done, " + progress.trialsRunning() + " under way" + failed + ", best "
                + progress.bestScore();
    }

    private double searchShare(RunProgress progress, Instant now) {
        if (progress.search().isPresent()) {
            return 1;
        }
        if (settings.trials().isPresent()) {
            return share(progress.trialsEnded(), settings.trials().get());
        }
        return settings.budget()
                .map(b -> share((double) Duration.between(start, now).toMillis(), (double) b.toMillis()))
                .orElse(0.0);
    }

    private String timeLeft(RunProgress progress, Instant now) {
        if (progress.outcome().isPresent()) {
            return "";
        }
        long spent = Math.max(0, Duration.between(start, now).toSeconds());
        return settings.budget()
                .map(b -> "time left " + Numbers.clock(Math.max(0, b.toSeconds() - spent)))
                .orElse("time spent " + Numbers.clock(spent));
    }

    /** Of 0 to 1, also where a clock was set back. */
    private static double share(double done, double all) {
        return all == 0 ? 0 : Math.max(0, Math.min(1, done / all));
    }

    private static String stage(String name, double share, String text) {
        int full = (int) Math.round(share * BAR);
        return String.format("%-11s [%s%s] %s", name, "#".repeat(full), ".".repeat(BAR - full), text);
    }
}
