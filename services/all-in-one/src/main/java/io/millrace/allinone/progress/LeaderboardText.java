package io.millrace.allinone.progress;

import io.millrace.events.ModelPublished;
import io.millrace.events.RankedTrial;
import io.millrace.events.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The leaderboard as an aligned table: the ensemble, its members and the other trials by rank; and what it is worth. */
public final class LeaderboardText {
    private LeaderboardText() {}

    /** Draws at most {@code most} trials; members of the ensemble are always among them. */
    public static String of(ModelPublished model, int most) {
        StringBuilder text = new StringBuilder();
        text.append(row(
                "rank",
                "trial",
                "family",
                model.metric().wireName() + " [95 %]",
                "folds",
                "rate",
                "train s",
                "diagnosis",
                "weight",
                "from"));
        long members = model.leaderboard().stream().filter(t -> t.weight() > 0).count();
        text.append(row("", "ensemble", members + " of", interval(model.score()), "", "", "", "", "", ""));
        List<RankedTrial> shown = new ArrayList<>();
        for (RankedTrial trial : model.leaderboard()) {
            if (shown.size() < most || trial.weight() > 0) {
                shown.add(trial);
            }
        }
        for (RankedTrial t : shown) {
            text.append(row(
                    Integer.toString(t.rank()),
                    t.trial(),
                    t.family(),
                    interval(t.score()),
                    Integer.toString(t.folds()),
                    t.learningRate() > 0 ? Numbers.significant(t.learningRate()) : "",
                    String.format(Locale.ROOT, "%.1f", t.trainSeconds()),
                    t.verdict().name().toLowerCase(Locale.ROOT),
                    t.weight() > 0 ? String.format(Locale.ROOT, "%.2f", t.weight()) : "",
                    t.cause().map(c -> c.parent() + " by " + c.cure()).orElse("")));
        }
        int hidden = model.leaderboard().size() - shown.size();
        if (hidden > 0) {
            text.append("      and ")
                    .append(hidden)
                    .append(" more in leaderboard.csv")
                    .append(System.lineSeparator());
        }
        return text.append(worth(model)).toString();
    }

    /** What the ensemble adds to its best member, what the holdout says, and how far its probabilities can be believed. */
    private static String worth(ModelPublished model) {
        String metric = model.metric().wireName();
        StringBuilder text = new StringBuilder(String.format(
                "%nThe ensemble gains %s of %s over its best member, on rows that neither was chosen on.%n",
                interval(model.gain()), metric));
        model.holdoutScore()
                .ifPresent(score ->
                        text.append(String.format("On the holdout, opened once: %s %s%n", metric, interval(score))));
        model.calibrationError()
                .ifPresent(error ->
                        text.append(String.format("Expected calibration error: %s%n", Numbers.significant(error))));
        return text.toString();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%4s  %-10s %-10s %-31s %5s  %-9s %8s  %-14s %6s  %s", cells)
                        .stripTrailing()
                + System.lineSeparator();
    }

    /** A score with its interval, such as {@code 0.4812 [0.4605, 0.5031]}. */
    public static String interval(Score score) {
        return Numbers.significant(score.value()) + " [" + Numbers.significant(score.low()) + ", "
                + Numbers.significant(score.high()) + "]";
    }
}
