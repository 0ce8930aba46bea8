package io.millrace.modelling.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepChoiceTest {
    /** What a step predicts where nothing can be known: a coin per row decides which class gets .6. */
    private static final double EXPECTED = -(Math.log(0.6) + Math.log(0.4)) / 2;

    private final SplittableRandom random = new SplittableRandom(4);

    private Matrix guess(int rows) {
        Matrix guess = Matrix.filled(rows, 2, 0.4f);
        for (int r = 0; r < rows; r++) {
            guess.set(r, random.nextInt(2), 0.6f);
        }
        return guess;
    }

    private static StepPredictions steps(Matrix... steps) {
        StepPredictions predictions =
                StepPredictions.of(steps[0].rows(), steps.length).orElseThrow();
        List.of(steps).forEach(step -> predictions.add(() -> step));
        return predictions;
    }

    private static Matrix numbers(float... values) {
        return new Matrix(values.length, 1, values);
    }

    private static StepChoice.Fold fold(Matrix... steps) {
        return new StepChoice.Fold(steps(steps), new double[steps[0].rows()]);
    }

    @Test
    void aFoldTakesTheStepThatIsBestForTheOthers() {
        List<Matrix> predictions = new StepChoice(Metric.RMSE)
                .predictions(List.of(
                        fold(numbers(5, 5), numbers(0, 0)),
                        fold(numbers(1, 1), numbers(2, 2)),
                        fold(numbers(1, 1), numbers(2, 2))));

        // the second step would be the first fold's own, and the best of all: the others have 1 and 2
        assertThat(predictions.get(0)).isEqualTo(numbers(5, 5));
        // without the second fold the steps have 5 + 1 and 0 + 2
        assertThat(predictions.get(1)).isEqualTo(numbers(2, 2));
    }

    @Test
    void aFoldThatIsAloneIsDealtIntoParts() {
        List<Matrix> predictions = new StepChoice(Metric.RMSE)
                .predictions(List.of(fold(
                        numbers(1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
                        numbers(0, 1.1f, 1.1f, 1.1f, 1.1f, 0, 1.1f, 1.1f, 1.1f, 1.1f))));

        // rows 0 and 5 are a part, and the only one that the second step is good for
        assertThat(predictions.get(0).get(0, 0)).isEqualTo(1);
        assertThat(predictions.get(0).get(5, 0)).isEqualTo(1);
        assertThat(predictions.get(0).get(1, 0)).isEqualTo(1.1f);
    }

    @Test
    void aFoldThatEndedEarlierStaysWhereItWas() {
        List<Matrix> predictions = new StepChoice(Metric.RMSE)
                .predictions(
                        List.of(fold(numbers(3, 3), numbers(2, 2)), fold(numbers(3, 3), numbers(2, 2), numbers(1, 1))));

        assertThat(predictions.get(0)).isEqualTo(numbers(2, 2));
    }

    @Test
    void noLuckOfItsOwnRowsChoosesAStep() {
        for (int folds : List.of(1, 4)) {
            double best = 0;
            double chosen = 0;
            int sets = 1_000;
            for (int set = 0; set < sets; set++) {
                List<StepChoice.Fold> guessed = new ArrayList<>();
                for (int f = 0; f < folds; f++) {
                    double[] target =
                            random.ints(60 / folds, 0, 2).asDoubleStream().toArray();
                    Matrix[] steps = new Matrix[30];
                    double least = Double.POSITIVE_INFINITY;
                    for (int step = 0; step < steps.length; step++) {
                        steps[step] = guess(target.length);
                        least = Math.min(least, Scoring.score(Metric.LOG_LOSS, target, steps[step]));
                    }
                    guessed.add(new StepChoice.Fold(steps(steps), target));
                    best += least / folds / sets;
                }
                List<Matrix> predictions = new StepChoice(Metric.LOG_LOSS).predictions(guessed);
                for (int f = 0; f < folds; f++) {
                    chosen +=
                            Scoring.score(Metric.LOG_LOSS, guessed.get(f).target(), predictions.get(f)) / folds / sets;
                }
            }

            assertThat(best).as("each fold's best of thirty guesses").isLessThan(EXPECTED - 0.04);
            assertThat(chosen).isBetween(EXPECTED - 0.003, EXPECTED + 0.003);
        }
    }

    @Test
    void theLossStandsInForAMetricThatIsUndefined() {
        Matrix better = Matrix.filled(10, 2, 0.1f);
        for (int r = 0; r < 10; r++) {
            better.set(r, 0, 0.9f);
        }
        Matrix even = Matrix.filled(10, 2, 0.5f);

        assertThat(new StepChoice(Metric.AUC).predictions(List.of(fold(even, better, even))))
                .containsExactly(better);
    }

    @Test
    void theErrorStandsInForTheDeterminationOfTargetsThatAreAllTheSame() {
        StepChoice.Fold fold = fold(numbers(1, 1), numbers(2, 2));

        assertThat(new StepChoice(Metric.R2).predictions(List.of(fold, fold))).containsOnly(numbers(1, 1));
    }

    @Test
    void stepsGoOnWhereOthersWere() {
        StepPredictions whole = StepPredictions.of(7, 200).orElseThrow();
        StepPredictions first = StepPredictions.of(7, 200).orElseThrow();
        StepPredictions second = StepPredictions.of(7, 200).orElseThrow();
        for (int step = 0; step < 200; step++) {
            Matrix guess = guess(7);
            whole.add(() -> guess);
            (step < 118 ? first : second).add(() -> guess);
            if (step == 117) {
                second.restore(118, Matrix.fromBytes(first.toMatrix().toBytes()));
            }
        }

        assertThat(second.toMatrix()).isEqualTo(whole.toMatrix());
        assertThat(StepPredictions.ended(7, whole.toMatrix()).toMatrix()).isEqualTo(whole.toMatrix());
        assertThatThrownBy(() -> StepPredictions.of(7, 200).orElseThrow().restore(117 - 3, first.toMatrix()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 rows after 114 steps");
        assertThatThrownBy(() -> StepPredictions.ended(6, whole.toMatrix()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 rows");
    }

    @Test
    void modelsOfABagAreAveragedStepByStep() {
        StepPredictions mean = StepPredictions.mean(List.of(steps(numbers(1, 2), numbers(3, 4)), steps(numbers(5, 6))));

        assertThat(mean.toMatrix()).isEqualTo(numbers(3, 4, 4, 5));
    }

    @Test
    void oneRowHasNoOthersAndManyRowsHideEachOther() {
        assertThat(StepPredictions.of(1, 10)).isEmpty();
        assertThat(StepPredictions.of(2, 10)).isPresent();
        assertThat(StepPredictions.of(1_001, 10)).isEmpty();
    }
}
