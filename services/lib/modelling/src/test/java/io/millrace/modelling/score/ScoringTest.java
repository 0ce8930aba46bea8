package io.millrace.modelling.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand, or are those of the scikit-learn documentation's examples. */
class ScoringTest {
    private static final Offset<Double> CLOSE = within(1e-6);

    @Test
    void logLossIsThatOfTheScikitLearnExample() {
        // log_loss(["spam", "ham", "ham", "spam"], [[.1, .9], [.9, .1], [.8, .2], [.35, .65]]) = 0.21616...
        Matrix p = matrix(2, .1, .9, .9, .1, .8, .2, .35, .65);
        assertThat(Scoring.score(Metric.LOG_LOSS, target(1, 0, 0, 1), p)).isCloseTo(0.216161187, CLOSE);
    }

    @Test
    void aCertainMistakeCostsTheClippedProbability() {
        assertThat(Scoring.score(Metric.LOG_LOSS, target(0), matrix(2, 0, 1))).isCloseTo(-Math.log(1e-15), CLOSE);
    }

    @Test
    void probabilitiesThatDoNotAddUpAreNormalised() {
        assertThat(Scoring.score(Metric.LOG_LOSS, target(0), matrix(3, .5, .25, .25)))
                .isCloseTo(Scoring.score(Metric.LOG_LOSS, target(0), matrix(3, .8, .4, .4)), CLOSE);
    }

    @Test
    void aucIsThatOfTheScikitLearnExample() {
        // roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.75
        Matrix p = matrix(2, .9, .1, .6, .4, .65, .35, .2, .8);
        assertThat(Scoring.score(Metric.AUC, target(0, 0, 1, 1), p)).isCloseTo(0.75, CLOSE);
    }

    @Test
    void tiesCountHalfInTheArea() {
        // pairs (positive, negative): (.5, .5) half, (.5, .2) one, (.8, .5) one, (.8, .2) one
        Matrix p = matrix(2, .5, .5, .8, .2, .5, .5, .2, .8);
        assertThat(Scoring.score(Metric.AUC, target(0, 0, 1, 1), p)).isCloseTo(3.5 / 4, CLOSE);
    }

    @Test
    void theAreaOfSeveralClassesIsTheMeanOneAgainstTheRest() {
        // class 0: positives .6 .2 against .3 .1: (1 + 1 + 0 + 1)/4 = .75; class 1: .5 against .3 .6 .2: 2/3;
        // class 2: .4 against .1 .2 .2: 1
        Matrix p = matrix(3, .6, .3, .1, .2, .6, .2, .3, .5, .2, .1, .2, .7);
        double expected = (0.75 + 2.0 / 3 + 1) / 3;
        assertThat(Scoring.score(Metric.AUC, target(0, 0, 1, 2), p)).isCloseTo(expected, CLOSE);
    }

    @Test
    void theAreaOfOneClassIsUndefined() {
        assertThat(Scoring.score(Metric.AUC, target(1, 1), matrix(2, .5, .5, .2, .8)))
                .isNaN();
    }

    @Test
    void countsOfClassesAreThoseOfTheScikitLearnExample() {
        // y_true = [0, 1, 2, 0, 1, 2], y_pred = [0, 2, 1, 0, 0, 1]: macro F1 0.26..., balanced accuracy 1/3
        Matrix p = guesses(3, 0, 2, 1, 0, 0, 1);
        double[] truth = target(0, 1, 2, 0, 1, 2);
        assertThat(Scoring.score(Metric.F1, truth, p)).isCloseTo(0.8 / 3, CLOSE);
        assertThat(Scoring.score(Metric.BALANCED_ACCURACY, truth, p)).isCloseTo(1.0 / 3, CLOSE);
        assertThat(Scoring.score(Metric.ACCURACY, truth, p)).isCloseTo(2.0 / 6, CLOSE);
    }

    @Test
    void binaryF1IsThatOfTheSecondClass() {
        // true positives 1, false positives 1, false negatives 2: 2 / (2 + 1 + 2)
        assertThat(Scoring.score(Metric.F1, target(1, 1, 1, 0, 0), guesses(2, 1, 0, 0, 1, 0)))
                .isCloseTo(0.4, CLOSE);
        assertThat(Scoring.score(Metric.F1, target(0, 0), guesses(2, 0, 0))).isZero();
    }

    @Test
    void aClassThatIsOnlyPredictedCountsAgainstMacroF1() {
        // classes 0: 2/3, 1: 1, 2 (predicted, never true): 0; class 3 neither and left out
        assertThat(Scoring.score(Metric.F1, target(0, 0, 1), guesses(4, 0, 2, 1)))
                .isCloseTo((2.0 / 3 + 1) / 3, CLOSE);
    }

    @Test
    void errorsOfRegressionAreThoseOfTheScikitLearnExample() {
        // y_true = [3, -0.5, 2, 7], y_pred = [2.5, 0.0, 2, 8]: MSE 0.375, MAE 0.5, R2 0.9486...
        double[] truth = target(3, -0.5, 2, 7);
        Matrix p = matrix(1, 2.5, 0, 2, 8);
        assertThat(Scoring.score(Metric.RMSE, truth, p)).isCloseTo(Math.sqrt(0.375), CLOSE);
        assertThat(Scoring.score(Metric.MAE, truth, p)).isCloseTo(0.5, CLOSE);
        assertThat(Scoring.score(Metric.R2, truth, p)).isCloseTo(0.948608137, CLOSE);
    }

    @Test
    void theDeterminationOfTargetsThatAreAllTheSameIsUndefined() {
        assertThat(Scoring.score(Metric.R2, target(4, 4), matrix(1, 4, 5))).isNaN();
        // the mean of three times 0.1 is no 0.1
        assertThat(Scoring.score(Metric.R2, target(.1, .1, .1), matrix(1, 0, 0, 0)))
                .isNaN();
    }

    @Test
    void predictionsOfOtherRowsAreRefused() {
        assertThatThrownBy(() -> Scoring.score(Metric.MAE, target(1, 2), matrix(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 targets for 1 predictions");
    }

    static double[] target(double... values) {
        return values;
    }

    static Matrix matrix(int columns, double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Matrix(values.length / columns, columns, floats);
    }

    static Matrix guesses(int classes, int... guesses) {
        Matrix p = Matrix.filled(guesses.length, classes, 0);
        for (int r = 0; r < guesses.length; r++) {
            p.set(r, guesses[r], 1);
        }
        return p;
    }
}
