package io.millrace.modelling.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.events.Diagnosis;
import io.millrace.events.Score;
import io.millrace.events.Verdict;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.LearningCurve.Gradient;
import io.millrace.modelling.learn.LearningCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DiagnoseTrialTest {
    private static final double LN2 = Math.log(2);
    private static final Score SCORE = new Score(0.40, 0.38, 0.42);
    private static final List<Double> EVEN_FOLDS = List.of(0.40, 0.41, 0.39, 0.42, 0.38);

    @Test
    void aTrialThatLearntAndCarriesOverIsHealthy() {
        Diagnosis diagnosis = diagnose(converging(0.35, 0.40), EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(diagnosis.confidence()).isBetween(0.5, 1.0);
        assertThat(diagnosis.evidence())
                .containsKeys("trainingLossShare", "gapShare", "lateTrainingFall", "foldSpread");
    }

    @Test
    void aTrainingLossNearTheDummysIsAProblemOfOptimization() {
        Diagnosis diagnosis = diagnose(converging(0.68, 0.685), EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.explanation()).contains("98 % of what predicting without features costs");
    }

    @Test
    void lossesThatStillFallAtTheEndAreAProblemOfOptimization() {
        LearningCurve curve = curve(20, i -> 0.65 - 0.015 * i, i -> 0.66 - 0.015 * i);
        Diagnosis diagnosis = diagnose(curve, EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.explanation()).contains("still falling");
    }

    @Test
    void aTrainingThatWasStoppedIsNotBlamedForItsUnfinishedEnd() {
        LearningCurve falling = curve(20, i -> 0.65 - 0.015 * i, i -> 0.66 - 0.015 * i);
        Diagnosis diagnosis = diagnose(new LearningCurve(falling.points(), 19, "median"), List.of(0.4));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(diagnosis.confidence()).isZero();
        assertThat(diagnosis.explanation()).contains("Not judged");
    }

    @Test
    void aTrainingLossThatFallsWhileValidationStandsIsNotUnfinished() {
        LearningCurve curve = curve(20, i -> 0.60 - 0.012 * i, i -> 0.45);
        assertThat(diagnose(curve, EVEN_FOLDS).verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aLossThatJumpsAboutIsAProblemOfOptimization() {
        LearningCurve curve = curve(20, i -> i % 2 == 0 ? 0.50 : 0.30, i -> 0.42);
        Diagnosis diagnosis = diagnose(curve, EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.confidence()).isGreaterThan(0.8);
    }

    @Test
    void stagesThatAreEpochsApartAreNotUnsteadyWhereOneFitsLess() {
        LearningCurve jumping = curve(20, i -> i % 2 == 0 ? 0.40 : 0.38, i -> 0.42);
        List<Point> apart = jumping.points().stream()
                .map(p -> new Point(3 * p.step(), p.trainingLoss(), p.validationLoss(), p.validationError()))
                .toList();

        assertThat(diagnose(jumping, EVEN_FOLDS).explanation()).contains("rose");
        assertThat(diagnose(new LearningCurve(apart, 19, "completed"), EVEN_FOLDS)
                        .verdict())
                .isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aTrainingThatLearntMuchOfWhatItKnowsInItsSecondHalfWasTooSlow() {
        LearningCurve curve = curve(41, i -> 0.40 + 0.29 * Math.exp(-i / 24.0), i -> 0.41 + 0.28 * Math.exp(-i / 24.0));
        Diagnosis diagnosis = diagnose(curve, EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.evidence().get("learntLate")).isBetween(0.25, 0.35);
        assertThat(diagnosis.explanation()).contains("second half of the training");
    }

    @Test
    void aJumpingLossThatEndsAboveItsBestPointIsNoOverfitting() {
        LearningCurve curve = curve(20, i -> i % 2 == 0 ? 0.60 : 0.30, i -> i % 2 == 0 ? 0.45 : 0.90, 0);
        assertThat(diagnose(curve, EVEN_FOLDS).verdict()).isEqualTo(Verdict.OPTIMIZATION);
    }

    @Test
    void aDivergedFoldIsAProblemOfOptimization() {
        LearningCurve diverged = new LearningCurve(List.of(new Point(1, Double.NaN, 0.7, 0.7)), 0, "diverged");
        Diagnosis diagnosis = DiagnoseTrial.diagnose(new TrialEvidence(
                List.of(diverged, converging(0.35, 0.40)),
                List.of(0.6, 0.6),
                SCORE,
                LN2,
                Optional.empty(),
                Optional.empty()));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.evidence()).containsEntry("divergedFolds", 0.5);
        assertThat(diagnosis.evidence().values()).allMatch(Double::isFinite);
    }

    @Test
    void aWideGapIsAProblemOfGeneralization() {
        Diagnosis diagnosis = diagnose(converging(0.05, 0.40), EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GENERALIZATION);
        assertThat(diagnosis.explanation()).contains("7 %").contains("58 %");
    }

    @Test
    void aTrialThatDoesNotFitWhatAnotherReachesOnNewRowsIsAProblemOfOptimization() {
        assertThat(diagnose(converging(0.35, 0.40), EVEN_FOLDS).verdict()).isEqualTo(Verdict.HEALTHY);

        Diagnosis behind = against(converging(0.35, 0.40), 0.25);

        assertThat(behind.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(behind.evidence().get("yardstickShare")).isCloseTo(0.25 / LN2, within(1e-9));
        assertThat(behind.explanation()).contains("another trial reaches 36 %");
    }

    @Test
    void dropoutThatMakesTheTrainingLossLookPoorIsNoProblem() {
        assertThat(against(converging(0.42, 0.31), 0.30).verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aTrialThatKnowsItsRowsByHeartIsNotCalledUnfit() {
        assertThat(against(converging(0.05, 0.40), 0.25).verdict()).isEqualTo(Verdict.GENERALIZATION);
    }

    @Test
    void aLossThatEndsFarAboveWhatWasLearntOfTheTrainingRowsIsAProblemOfGeneralization() {
        LearningCurve curve = curve(20, i -> 0.60 - 0.02 * i, i -> 0.46 + 0.001 * i, 0);
        assertThat(diagnose(curve, EVEN_FOLDS).verdict()).as("of trees").isEqualTo(Verdict.HEALTHY);

        Diagnosis diagnosis = diagnose(curve.weighing(10), EVEN_FOLDS);

        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GENERALIZATION);
        assertThat(diagnosis.evidence().get("finalGapShare")).isCloseTo((0.479 - 0.22) / LN2, within(1e-9));
        assertThat(diagnosis.explanation()).contains("69 %").contains("down to 32 %");
    }

    @Test
    void whatWasLearntBeforeTheBestPointIsNotLearntLateWhenTheLossRisesAfterwards() {
        LearningCurve curve = curve(20, i -> 0.45, i -> 0.40 + 0.003 * i, 0);
        assertThat(diagnose(curve, EVEN_FOLDS).evidence()).containsEntry("learntLate", 0.0);
        assertThat(diagnose(curve, EVEN_FOLDS).verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aGapThatMoreRowsWouldCloseIsALackOfRows() {
        TrialEvidence evidence = new TrialEvidence(
                List.of(converging(0.05, 0.40)), EVEN_FOLDS, SCORE, LN2, Optional.empty(), Optional.of(0.05));
        Diagnosis diagnosis = DiagnoseTrial.diagnose(evidence);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.DATA_LIMITED);
        assertThat(diagnosis.evidence().get("doublingGain")).isCloseTo(0.05 / LN2, within(1e-9));
        assertThat(diagnosis.explanation()).contains("wice the training rows would take off 7.2 %");
    }

    @Test
    void moreRowsAreNoCureWithoutAGapNorForANetOfAThousandWeightsPerRow() {
        LearningCurve even = converging(0.35, 0.40);
        LearningCurve remembering = converging(0.05, 0.40);
        assertThat(withTwiceTheRows(even).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(withTwiceTheRows(even.weighing(20)).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(withTwiceTheRows(even.weighing(300)).verdict()).isEqualTo(Verdict.DATA_LIMITED);
        assertThat(withTwiceTheRows(remembering.weighing(400)).verdict()).isEqualTo(Verdict.DATA_LIMITED);
        assertThat(withTwiceTheRows(remembering.weighing(2500)).verdict()).isEqualTo(Verdict.GENERALIZATION);
    }

    @Test
    void unitsThatNoLongerLearnAreAProblemOfOptimization() {
        LearningCurve curve = converging(0.35, 0.40);
        assertThat(diagnose(ending(curve, new Gradient(0.5, 0.2)), EVEN_FOLDS).verdict())
                .isEqualTo(Verdict.HEALTHY);
        Diagnosis diagnosis = diagnose(ending(curve, new Gradient(0.5, 0.75)), EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.OPTIMIZATION);
        assertThat(diagnosis.explanation()).contains("75 % of the hidden units");
        assertThat(diagnosis.evidence()).containsEntry("gradientFall", 0.25);
    }

    @Test
    void whatFitsPoorlyIsAProblemOfOptimizationEvenIfItAlsoOverfits() {
        LearningCurve curve = curve(20, i -> 0.60 - 0.001 * i, i -> 0.60 + 0.01 * i, 0);
        assertThat(diagnose(curve, EVEN_FOLDS).verdict()).isEqualTo(Verdict.GENERALIZATION);
        assertThat(against(curve, 0.40).verdict()).isEqualTo(Verdict.OPTIMIZATION);
    }

    @Test
    void aSmallGapIsNoneHoweverWellTheTrainingRowsAreKnown() {
        assertThat(diagnose(converging(0.001, 0.04), EVEN_FOLDS).verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aValidationLossThatTurnsUpAgainIsAProblemOfGeneralization() {
        LearningCurve curve = curve(20, i -> 0.45 - 0.005 * i, i -> i < 5 ? 0.55 - 0.02 * i : 0.45 + 0.01 * (i - 5), 5);
        Diagnosis diagnosis = diagnose(curve, EVEN_FOLDS);
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.GENERALIZATION);
        assertThat(diagnosis.evidence().get("validationRise")).isCloseTo(0.14 / LN2, within(1e-9));
    }

    @Test
    void foldsThatDifferMoreThanTheirRowsExplainAreAProblemOfVariance() {
        Diagnosis diagnosis = diagnose(converging(0.35, 0.40), List.of(0.20, 0.40, 0.60, 0.35, 0.45));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.VARIANCE);
        assertThat(diagnosis.evidence().get("foldSpread")).isGreaterThan(2);
    }

    @Test
    void seedsThatDifferAsMuchAsCandidatesAreAProblemOfVariance() {
        LearningCurve curve = converging(0.35, 0.40).besides(List.of(0.40, 0.43, 0.37, 0.40));

        Diagnosis diagnosis = against(curve, 0.39);

        double spread = Math.sqrt(2 * .03 * .03 / 3) / LN2;
        assertThat(diagnosis.evidence().get("seedSpread")).isCloseTo(spread, within(1e-9));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.VARIANCE);
        assertThat(diagnosis.explanation()).contains("nother seed moves the loss by 3.5 %", "than 1.4 % away");
    }

    @Test
    void seedsAreNoProblemWhereTheyDifferLittleOrOthersAreFarAway() {
        LearningCurve little = converging(0.35, 0.40).besides(List.of(0.40, 0.401, 0.399, 0.40));
        LearningCurve much = converging(0.35, 0.40).besides(List.of(0.40, 0.43, 0.37, 0.40));

        assertThat(against(little, 0.40).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(against(much, 0.46).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(diagnose(much, EVEN_FOLDS).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(against(converging(0.35, 0.40), 0.39).evidence()).doesNotContainKey("seedSpread");
    }

    @Test
    void whatFoldsHaveInCommonVariesLessBySeedThanEachOfThem() {
        LearningCurve curve = converging(0.35, 0.40).besides(List.of(0.40, 0.43, 0.37, 0.40));
        TrialEvidence four = new TrialEvidence(
                List.of(curve, curve, curve, curve), EVEN_FOLDS, SCORE, LN2, Optional.of(0.39), Optional.empty());

        assertThat(DiagnoseTrial.diagnose(four).evidence().get("seedSpread"))
                .isCloseTo(against(curve, 0.39).evidence().get("seedSpread") / 2, within(1e-9));
    }

    @Test
    void oneFoldWithoutACurveSaysNothingAndIsHealthy() {
        Diagnosis diagnosis = DiagnoseTrial.diagnose(
                new TrialEvidence(List.of(), List.of(0.4), SCORE, LN2, Optional.empty(), Optional.empty()));
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(diagnosis.evidence()).containsEntry("foldSpread", 0.0).doesNotContainKey("gapShare");
    }

    private static Diagnosis withTwiceTheRows(LearningCurve curve) {
        return DiagnoseTrial.diagnose(
                new TrialEvidence(List.of(curve), EVEN_FOLDS, SCORE, LN2, Optional.empty(), Optional.of(0.05)));
    }

    /** With a gradient of norm 2 at the first point and the given one at the last. */
    private static LearningCurve ending(LearningCurve curve, Gradient last) {
        List<Point> points = new ArrayList<>(curve.points());
        points.set(0, with(points.get(0), new Gradient(2, 0)));
        points.set(points.size() - 1, with(points.get(points.size() - 1), last));
        return new LearningCurve(points, curve.best(), curve.stoppedBy());
    }

    private static Point with(Point p, Gradient gradient) {
        return new Point(p.step(), p.trainingLoss(), p.validationLoss(), p.validationError(), Optional.of(gradient));
    }

    /** With the loss that another trial reached on new rows. */
    private static Diagnosis against(LearningCurve curve, double yardstick) {
        return DiagnoseTrial.diagnose(
                new TrialEvidence(List.of(curve), EVEN_FOLDS, SCORE, LN2, Optional.of(yardstick), Optional.empty()));
    }

    private static Diagnosis diagnose(LearningCurve curve, List<Double> foldScores) {
        return DiagnoseTrial.diagnose(
                new TrialEvidence(List.of(curve), foldScores, SCORE, LN2, Optional.empty(), Optional.empty()));
    }

    /** Falls from the dummy's loss to the ends within the first epochs and stays there. */
    private static LearningCurve converging(double training, double validation) {
        return curve(
                20,
                i -> training + (LN2 - training) * Math.exp(-i),
                i -> validation + (LN2 - validation) * Math.exp(-i));
    }

    private static LearningCurve curve(int epochs, IntToDoubleFunction training, IntToDoubleFunction validation) {
        return curve(epochs, training, validation, epochs - 1);
    }

    private static LearningCurve curve(
            int epochs, IntToDoubleFunction training, IntToDoubleFunction validation, int best) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < epochs; i++) {
            double loss = validation.applyAsDouble(i);
            points.add(new Point(i + 1, training.applyAsDouble(i), loss, loss));
        }
        return new LearningCurve(points, best, "completed");
    }
}
