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
     * Training loss never below 95 % of the dummy's: hardly anything was learnt, even of the rows that were shown. Not lower,
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
    /** A twentieth above what another trial reaches on new rows is more than luck and taste, */
    private static final double BEHIND = 0.05;
    /** unless both are small beside the dummy's loss. */
    private static final double LEAST_BEHIND = 0.02;
    /** Rectified units that every row of a batch leaves at 0 seldom come back; steps that were too large kill them. */
    private static final double DEAD = 0.5;
    /** A validation loss that ends a third of the dummy's above what was learnt of the training rows. */
    private static final double FINAL_GAP = 0.33;
    /** Twice the rows would take off 3 % of the dummy's loss. */
    private static final double DOUBLING = 0.03;
    /** A final gap that is a little smaller than one to blame the model for. */
    private static final double DATA_GAP = 0.25;
    /** Where rows are plenty a network has some ten weights for each. */
    private static final double MANY_WEIGHTS_PER_ROW = 100;
    /** A thousand, and the model is to blame, not the rows. */
    private static final double MOST_WEIGHTS_PER_ROW = 1000;
    /**
     * Twice the spread that rows explain. With 5 folds, chi-squared of 4 degrees of freedom exceeds 4 * 4 in 0.3 % of
     * the trials; with 3 folds in 1.8 %.
     */
    private static final double SPREAD = 2;

    /** A hundredth of the dummy's loss by another seed: less decides nothing. */
    private static final double SEEDS = 0.01;

    private static final double STRONGEST = 1e6;

    static final List<Symptom> ALL = List.of(
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.diverged() * 4, // one fold of four is a finding
                    f -> say("training diverged in %.0f %% of the folds", 100 * f.diverged())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.leastTraining() / UNFIT_SHARE,
                    f -> say(
                            "the training loss is still %.0f %% of what predicting without features costs",
                            100 * f.leastTraining())),
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
                            100 * f.leastTraining(), 100 * f.yardstick())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.deadUnits() / DEAD,
                    f -> say("%.0f %% of the hidden units no longer learn from any row", 100 * f.deadUnits())),
            new Symptom(
                    Verdict.OPTIMIZATION,
                    f -> f.unsteadiness() / UNSTEADY,
                    f -> say("the training loss rose %.1f times as much as it fell", f.unsteadiness())),
            new Symptom(
                    Verdict.DATA_LIMITED,
                    // Every model gains from more rows; one that lacks them shows a gap, or has few for each weight.
                    f -> Math.min(
                            Math.min(f.doubling() / DOUBLING, MOST_WEIGHTS_PER_ROW / f.weightsPerRow()),
                            Math.max(
                                    f.weightsPerRow() / MANY_WEIGHTS_PER_ROW,
                                    Math.max(f.gap() / LEAST_GAP, f.finalGap() / DATA_GAP))),
                    f -> say(
                            "twice the training rows would take off %.1f %% of the dummy's loss, of which new rows cost %.0f %%"
                                    + " and those it was trained on %.0f %% at the least",
                            100 * f.doubling(), 100 * f.validation(), 100 * f.leastTraining())),
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
                    f -> f.growth() / RISE,
                    f -> say(
                            "after its best point the validation loss rose by %.0f %% of the dummy's loss",
                            100 * f.growth())),
            new Symptom(
                    Verdict.GENERALIZATION,
                    f -> f.finalGap() / FINAL_GAP,
                    f -> say(
                            "at its end the model costs %.0f %% of the dummy's loss on new rows, and learnt its training rows"
                                    + " down to %.0f %%",
                            100 * (f.validation() + f.growth()), 100 * f.leastTraining())),
            new Symptom(
                    Verdict.VARIANCE,
                    f -> f.foldSpread() / SPREAD,
                    f -> say("scores of the folds differ %.1f times as much as their rows explain", f.foldSpread())),
            new Symptom(
                    Verdict.VARIANCE,
                    // Whether this or the other is the better is chance where another seed moves it as far.
                    f -> Math.min(f.seedSpread() / SEEDS, f.seedSpread() / Math.abs(f.validation() - f.yardstick())),
                    f -> say(
                            "another seed moves the loss by %.1f %% of the dummy's, and another trial is no further than"
                                    + " %.1f %% away",
                            100 * f.seedSpread(), 100 * Math.abs(f.validation() - f.yardstick()))));

    /** Its strength as a finite number: 0 where it cannot be judged, and at most {@value #STRONGEST}. */
    double strengthIn(Findings findings) {
        double value = strength.applyAsDouble(findings);
        return Double.isNaN(value) ? 0 : Math.min(STRONGEST, value);
    }

    private static String say(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
