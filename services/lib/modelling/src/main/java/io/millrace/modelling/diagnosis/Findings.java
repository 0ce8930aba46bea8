package io.millrace.modelling.diagnosis;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Gradient;
import io.millrace.modelling.learn.LearningCurve.Point;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The numbers that symptoms are judged by. Losses are shares of the dummy's loss: 1 has learnt nothing, 0 is perfect.
 * Each is the mean over the folds whose curve is usable.
 *
 * @param diverged share of folds whose training ended in NaN or that have no finite point
 * @param training training loss of the snapshot that was kept
 * @param validation validation loss of that snapshot
 * @param trainingFall how much the training loss fell over the last fifth of the training
 * @param validationFall how much the validation loss fell over the last fifth of the training
 * @param leastTraining least training loss of the whole training
 * @param learntLate share of what was learnt, from the dummy's validation loss down to the snapshot's, that the second half of
 *     the training brought
 * @param unsteadiness sum of the rises of the training loss from epoch to epoch divided by its whole fall; 0 for a smooth curve
 * @param growth how much the validation loss rose from the snapshot to the end of the training
 * @param yardstick loss on new rows that another trial has shown to be possible; NaN where none is known
 * @param doubling loss that twice the training rows would take off; NaN where nobody asked
 * @param weightsPerRow weights of a network by training rows; 0 for trees
 * @param gradientFall norm of the gradient at the end by that at the beginning; NaN for trees
 * @param deadUnits share of the hidden units without a gradient at the end; NaN for trees
 * @param foldSpread standard deviation of the folds' scores divided by what rows drawn at random explain; 0 for one fold
 * @param seedSpread standard deviation of the validation loss, taken over all folds, of models that differ in their seed alone; NaN
 *     where a fold trained one model
 */
record Findings(
        double diverged,
        double training,
        double validation,
        double leastTraining,
        double trainingFall,
        double validationFall,
        double learntLate,
        double unsteadiness,
        double growth,
        double yardstick,
        double doubling,
        double weightsPerRow,
        double gradientFall,
        double deadUnits,
        double foldSpread,
        double seedSpread) {
    private static final double LAST_PART = 0.2;
    /** A curve this short has no slope worth the name. */
    private static final int FEWEST_POINTS = 5;

    static Findings of(TrialEvidence evidence) {
        double dummy = Math.max(evidence.dummyLoss(), 1e-9);
        List<LearningCurve> usable =
                evidence.curves().stream().filter(Findings::isFinite).toList();
        int curves = evidence.curves().size();
        return new Findings(
                curves == 0 ? 0 : 1 - (double) usable.size() / curves,
                mean(usable, c -> c.kept().trainingLoss() / dummy),
                mean(usable, c -> c.kept().validationLoss() / dummy),
                mean(usable, c -> leastTraining(c) / dummy),
                mean(usable, c -> lateFall(c, Point::trainingLoss) / dummy),
                mean(usable, c -> lateFall(c, Point::validationLoss) / dummy),
                mean(usable, c -> learntLate(c, dummy)),
                mean(usable, Findings::unsteadiness),
                mean(usable, c -> (last(c).validationLoss() - c.kept().validationLoss()) / dummy),
                evidence.yardstick().orElse(Double.NaN) / dummy,
                evidence.doubling().orElse(Double.NaN) / dummy,
                mean(usable, c -> c.weightsPerRow().orElse(0.0)),
                mean(usable, Findings::gradientFall),
                mean(usable, c -> last(c).gradient().map(Gradient::deadUnits).orElse(Double.NaN)),
                foldSpread(evidence),
                seedSpread(usable) / dummy);
    }

    /**
     * How far the better of least training loss and validation loss lies above the yardstick. Both count because dropout
     * makes the training loss look worse than it is, and a net that remembers its rows has no trouble to fit.
     */
    double behind() {
        return Math.min(leastTraining, validation) - yardstick;
    }

    /**
     * How far the validation loss of a network at the end lies above the least training loss: what only an early stop
     * saves it from. 0 for trees, which fit their rows as closely as they are let, at no cost.
     */
    double finalGap() {
        return weightsPerRow > 0 ? validation + growth - leastTraining : 0;
    }

    /** Validation loss less training loss. */
    double gap() {
        return validation - training;
    }

    /** The finite numbers by name. */
    Map<String, Double> byName() {
        Map<String, Double> numbers = new TreeMap<>(Map.of(
                "divergedFolds", diverged,
                "trainingLossShare", training,
                "validationLossShare", validation,
                "gapShare", gap(),
                "lateTrainingFall", trainingFall,
                "lateValidationFall", validationFall,
                "learntLate", learntLate,
                "unsteadiness", unsteadiness,
                "validationRise", growth,
                "foldSpread", foldSpread));
        numbers.putAll(Map.of(
                "leastTrainingLossShare", leastTraining,
                "finalGapShare", finalGap(),
                "yardstickShare", yardstick,
                "doublingGain", doubling,
                "weightsPerRow", weightsPerRow,
                "gradientFall", gradientFall,
                "deadUnits", deadUnits,
                "seedSpread", seedSpread));
        numbers.values().removeIf(v -> !Double.isFinite(v));
        return numbers;
    }

    private static boolean isFinite(LearningCurve curve) {
        return !curve.stoppedBy().equals("diverged")
                && !curve.points().isEmpty()
                && curve.points().stream()
                        .allMatch(p -> Double.isFinite(p.trainingLoss()) && Double.isFinite(p.validationLoss()));
    }

    private static Point last(LearningCurve curve) {
        return curve.points().get(curve.points().size() - 1);
    }

    private static double leastTraining(LearningCurve curve) {
        return curve.points().stream().mapToDouble(Point::trainingLoss).min().orElseThrow();
    }

    private static double gradientFall(LearningCurve curve) {
        return last(curve).gradient().map(Gradient::norm).orElse(Double.NaN)
                / curve.points().get(0).gradient().map(Gradient::norm).orElse(Double.NaN);
    }

    private static double lateFall(LearningCurve curve, ToDoubleFunction<Point> loss) {
        int n = curve.points().size();
        if (n < FEWEST_POINTS) {
            return 0;
        }
        Point before = curve.points().get((int) Math.floor((n - 1) * (1 - LAST_PART)));
        return loss.applyAsDouble(before) - loss.applyAsDouble(last(curve));
    }

    private static double learntLate(LearningCurve curve, double dummy) {
        int n = curve.points().size();
        double learnt = dummy - curve.kept().validationLoss();
        if (n < FEWEST_POINTS || learnt <= 0) {
            return 0;
        }
        // What was kept from the first half was not learnt in the second.
        double half = curve.points().get(Math.min(curve.best(), (n - 1) / 2)).validationLoss();
        return Math.max(0, Math.min(1, (half - curve.kept().validationLoss()) / learnt));
    }

    private static double unsteadiness(LearningCurve curve) {
        if (curve.points().size() < FEWEST_POINTS) {
            return 0;
        }
        double rises = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < curve.points().size(); i++) {
            double loss = curve.points().get(i).trainingLoss();
            least = Math.min(least, loss);
            rises += i > 0 && nextEpoch(curve, i)
                    ? Math.max(0, loss - curve.points().get(i - 1).trainingLoss())
                    : 0;
        }
        double fall = curve.points().get(0).trainingLoss() - least;
        return rises == 0 ? 0 : rises / Math.max(fall, 1e-9);
    }

    /** Boosted stages, which are several epochs apart, are models of their own: that one fits its rows less says nothing of steps. */
    private static boolean nextEpoch(LearningCurve curve, int i) {
        return curve.points().get(i).step() == curve.points().get(i - 1).step() + 1;
    }

    /** Compares the spread with the standard error of one fold: that of all rows times the root of the folds. */
    private static double foldSpread(TrialEvidence evidence) {
        int folds = evidence.foldScores().size();
        double standardError = (evidence.score().high() - evidence.score().low()) / (2 * 1.96) * Math.sqrt(folds);
        if (folds < 2 || !(standardError > 0)) {
            return 0;
        }
        return Math.sqrt(variance(evidence.foldScores())) / standardError;
    }

    /** A mean over folds varies by the root of their number less than each of them. */
    private static double seedSpread(List<LearningCurve> curves) {
        List<List<Double>> seeds = curves.stream()
                .flatMap(c -> c.seedLosses().stream())
                .filter(losses -> losses.size() > 1)
                .toList();
        return Math.sqrt(mean(seeds, Findings::variance) / seeds.size());
    }

    private static double variance(List<Double> values) {
        double mean = mean(values, v -> v);
        return values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1);
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> number) {
        return values.stream().mapToDouble(number).average().orElse(Double.NaN);
    }
}
