package io.millrace.gateway.core;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.Cause;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.Score;
import io.millrace.events.TrainingEnd;
import io.millrace.gateway.core.Explanation.Ensemble;
import io.millrace.gateway.core.Explanation.Help;
import io.millrace.gateway.core.Explanation.Leader;
import io.millrace.gateway.core.Explanation.Member;
import io.millrace.gateway.core.Explanation.MoreRows;
import io.millrace.gateway.core.Explanation.Paused;
import io.millrace.gateway.core.Explanation.Rate;
import io.millrace.gateway.core.Explanation.Stopped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;

/** An {@link Explanation} as plain text of some screens. */
public final class ExplanationText {
    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    /** The story, with a heading per chapter. */
    public static String of(Explanation e) {
        ExplanationText t = new ExplanationText();
        t.line("Run %s%s", e.run(), e.name().map(n -> " on " + n).orElse(""));
        e.data().ifPresent(t::data);
        t.heading("Learning rates found", !e.rates().isEmpty());
        e.rates().forEach(t::rate);
        e.moreRows().ifPresent(t::moreRows);
        t.heading(
                "The leading trials of " + e.trials() + ", and what is wrong with them",
                !e.leaders().isEmpty());
        e.leaders().forEach(t::leader);
        t.heading("Cures, expected and measured", !e.cures().isEmpty());
        e.cures().forEach(t::cure);
        t.heading("Which cures helped", !e.help().isEmpty());
        e.help().forEach(t::help);
        t.heading(
                "Trials that were stopped, because others of their family were better at the same point",
                !e.stopped().isEmpty());
        e.stopped().forEach(t::stopped);
        t.heading(
                "Trials that paused, and in whose place others of their family went on",
                !e.paused().isEmpty());
        e.paused().forEach(t::paused);
        e.ensemble().ifPresent(t::ensemble);
        e.end().ifPresent(end -> {
            t.heading("The end", true);
            t.line("  %s", end);
        });
        return t.text.toString();
    }

    private void data(DataSummary d) {
        heading("The data", true);
        line(
                "  %,d rows to train on and %,d held out, %d features, %s, %s is optimised, %d folds.",
                d.trainingRows(),
                d.holdoutRows(),
                d.features(),
                d.classes() > 1 ? d.classes() + " classes" : "a number to predict",
                d.metric().wireName(),
                d.folds());
    }

    private void rate(Rate r) {
        line(
                "  %-28s %s to %s; the rules differ by a factor of %.1f%s",
                r.candidate(),
                number(r.range().base()),
                number(r.range().max()),
                r.agreement(),
                r.confidence()
                        .map(c -> String.format(Locale.ROOT, ", confidence %.2f", c))
                        .orElse(""));
    }

    private void moreRows(MoreRows more) {
        heading("What more rows would bring", true);
        more.curve().points().forEach(p -> line("  %s on %,d rows", number(p.score()), p.rows()));
        line("  Twice as many should take %s off the error.", number(more.gain()));
    }

    private void leader(Leader l) {
        line(
                "  %2d. %s %s %s on %d fold%s, %.1f CPU seconds%s",
                l.rank(),
                l.trial(),
                l.family(),
                score(l.score()),
                l.folds(),
                l.folds() == 1 ? "" : "s",
                l.cpuSeconds(),
                l.stoppedBy()
                        .filter(s -> !TrainingEnd.COMPLETED.is(s))
                        .map(s -> ", stopped by " + s)
                        .orElse(""));
        l.reason().ifPresent(reason -> line("      why: %s", reason));
        l.diagnosis()
                .ifPresent(d -> line(
                        "      %s (confidence %.2f): %s",
                        d.verdict().name().toLowerCase(Locale.ROOT), d.confidence(), d.explanation()));
    }

    private void cure(InterventionAssessed c) {
        Cause cause = c.cause();
        line(
                "  %s cures %s of %s by %s: expected %.1f %% less error, measured %s",
                c.trial(),
                cause.parent(),
                cause.verdict().name().toLowerCase(Locale.ROOT),
                cause.cure(),
                100 * cause.expectedGain(),
                gain(c.measuredGain()));
    }

    private void help(Help h) {
        line(
                "  %-20s helped %d of %d times; %.1f %% expected, %s on average",
                h.cure(), h.helped(), h.tried(), 100 * h.expectedGain(), gain(h.measuredGain()));
    }

    private void stopped(Stopped s) {
        line(
                "  %s %s %s: above %s, the median of %d trials",
                s.trial(),
                s.family(),
                s.family().equals(TreesConfiguration.BOOSTING)
                        ? "when the learning rates of its rounds added up to " + number(s.progress())
                        : String.format(Locale.ROOT, "at %.0f %% of its training", 100 * s.progress()),
                number(s.bound()),
                s.others());
    }

    private void paused(Paused p) {
        line(
                "  %s %s after %d of %d epochs: number %d of %d at this point",
                p.trial(), p.family(), p.epoch(), p.epochs(), p.rank(), p.of());
    }

    private void ensemble(Ensemble e) {
        heading("The ensemble", true);
        line("  %s out of fold, %s better than its best member", score(e.score()), score(e.gain()));
        e.holdout().ifPresent(h -> line("  %s on the holdout, opened once", score(h)));
        e.calibrationError()
                .ifPresent(error -> line("  probabilities off by %.1f %% (calibration error)", 100 * error));
        for (Member m : e.members()) {
            line(
                    "  %.2f %s %s: %s",
                    m.weight(),
                    m.trial(),
                    m.family(),
                    m.rank() == 1
                            ? "the best trial"
                            : String.format(
                                    Locale.ROOT,
                                    "number %d, alone %.1f %% worse than the best%s",
                                    m.rank(),
                                    100 * m.behind(),
                                    m.firstOfFamily() ? ", the best of its family" : ""));
        }
    }

    private static String gain(Optional<Double> gain) {
        return gain.map(g -> String.format(Locale.ROOT, "%.1f %%", 100 * g)).orElse("nothing, because it failed");
    }

    private static String score(Score s) {
        return number(s.value()) + " [" + number(s.low()) + ", " + number(s.high()) + "]";
    }

    /** Four significant digits, as few as say it. */
    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(value) < 1e-4 ? rounded.toString() : rounded.toPlainString();
    }

    private void heading(String heading, boolean wanted) {
        if (wanted) {
            line("%n%s", heading);
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
