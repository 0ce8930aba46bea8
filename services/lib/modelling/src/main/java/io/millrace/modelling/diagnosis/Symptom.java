package io.millrace.modelling.diagnosis;

import io.millrace.events.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One thing that can be wrong, how strong it shows, and what to say.
 *
 * @param verdict the problem it is a symptom of
 * @param strength the measure divided by its threshold: 1 or more is a finding; NaN where it cannot be judged
 * @param sentence what the numbers say
 */
record Symptom(Verdict verdict, ToDoubleFunction<Findings> strength, Function<Findings, String> sentence) {
    /**
     * Training loss above 95 % of the dummy's: hardly anything was learnt, even of the rows that were shown. Not lower,
     * because on noisy targets the best there is costs 80 to 90 %.
     */
    private static final double UNFIT_SHARE = 0.95;
    /** Training that still gained 4 % of the dummy's loss in its last fifth was cut off, not finished. */
    private static final double UNFINISHED_FALL = 0.04;
    /** A training loss that climbs as much as it falls jumps about instead of descending. */
    private static final double UNSTEADY = 1;
    /** Below half, the model remembers more of its rows than it knows about new ones. */
    private static final double REMEMBERED_RATIO = 0.5;
    /** A gap below a tenth of the dummy's loss is no loss worth curing, whatever its ratio. */
    private static final double LEAST_GAP = 0.1;
    /** Validation loss that rises again by 10 % of the dummy's loss after the snapshot: only early stopping saved it. */
    private static final double RISE = 0.1;
    /** A schedule's second half polishes; where it brings a quarter of all that was learnt, the steps were too small. */
    private static final double LATE_SHARE = 0.25;
    /** A tenth above what another trial reaches on new rows is more than luck and taste, */
    private static final double BEHIND = 0.1;
    /** unless both are small beside the dummy's loss. */
    private static final double LEAST_BEHIND = 0.04;
    /**
     * Twice the spread that rows explain. With 5 folds, chi-squared of 4 degrees of freedom exceeds 4 * 4 in 0.3 % of
     * the trials; with 3 folds in 1.8 %.
     */
    private static final double SPREAD = 2;

    static final List<Symptom> ALL = List.of(
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.diverged() * 4, // one fold of four is a finding
                    f -> say("training diverged in %.0f %% of the folds", 100 * f.diverged())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.training() / UNFIT_SHARE,
                    f -> say(
                            "the training loss is still %.0f %% of what predicting without features costs",
                            100 * f.training())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    // Training loss falls at the end of every schedule; only where validation follows was it too short.
                    f -> Math.min(f.trainingFall(), f.validationFall()) / UNFINISHED_FALL,
                    f -> say(
                            "training and validation loss were still falling at the end, by %.1f and %.1f %% of the"
                                    + " dummy's loss in the last fifth",
                            100 * f.trainingFall(), 100 * f.validationFall())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.learntLate() / LATE_SHARE,
                    f -> say(
                            "%.0f %% of what was learnt came in the second half of the training, which was too slow or too"
                                    + " short",
                            100 * f.learntLate())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> Math.min(f.behind() / LEAST_BEHIND, f.behind() / f.yardstick() / BEHIND),
                    f -> say(
                            "even on the rows that it was trained on the loss is %.0f %% of the dummy's, where another trial"
                                    + " reaches %.0f %% on new ones",
                            100 * f.training(), 100 * f.yardstick())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.unsteadiness() / UNSTEADY,
                    f -> say("the training loss rose %.1f times as much as it fell", f.unsteadiness())),
            new Symptom(
                    Verdict.GENERALIZATION,
                    f -> Math.min(
                            f.gap() / LEAST_GAP,
                            REMEMBERED_RATIO * f.validation() / Math.max(f.training(), 1e-3 * f.validation())),
                    f -> say(
                            "the model costs %.0f %% of the dummy's loss on its training rows but %.0f %% on new ones",
                            100 * f.training(), 100 * f.validation())),
            new Symptom(
                    Verdict.GENERALIZATION,
                    // Only what fits can overfit: a loss that jumps about ends above its best point by chance.
                    f -> f.unsteadiness() >= UNSTEADY || f.training() >= UNFIT_SHARE ? Double.NaN : f.growth() / RISE,
                    f -> say(
                            "after its best point the validation loss rose by %.0f %% of the dummy's loss",
                            100 * f.growth())),
            new Symptom(
                    Verdict.VARIANCE,
                    f -> f.foldSpread() / SPREAD,
                    f -> say("scores of the folds differ %.1f times as much as their rows explain", f.foldSpread())));

    private static String say(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
