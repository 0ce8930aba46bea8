package io.millrace.modelling.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.LossCurve;
import io.millrace.events.LossCurve.LossPoint;
import io.millrace.events.ProgressCurve;
import io.millrace.modelling.learn.LearningCurve.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
    @Test
    void aShortCurveIsDrawnWhole() {
        LossCurve drawn = curve(50, 7).thinned(3).orElseThrow();

        assertThat(drawn.fold()).isEqualTo(3);
        assertThat(drawn.points()).hasSize(50);
        assertThat(drawn.points().get(1)).isEqualTo(new LossPoint(2, 1.0 / 2, 2.0 / 2));
    }

    @Test
    void aLongCurveKeepsItsEndsAndTheSnapshotThatWasKept() {
        for (int size : new int[] {51, 99, 100, 2000, 12345}) {
            LossCurve drawn = curve(size, size - 3).thinned(0).orElseThrow();

            assertThat(drawn.points()).hasSizeBetween(20, LossCurve.MOST_POINTS);
            assertThat(drawn.points())
                    .extracting(LossPoint::step)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(1, size - 2, size);
        }
    }

    @Test
    void whatIsNoNumberIsNotDrawn() {
        Point fine = new Point(1, 0.5, 0.6, 0.6);
        Point broken = new Point(2, Double.NaN, 0.6, 0.6);
        Point alsoFine = new Point(3, 0.4, 0.5, 0.5);

        assertThat(new LearningCurve(List.of(fine, broken, alsoFine), 0, "diverged")
                        .thinned(0)
                        .orElseThrow()
                        .points())
                .extracting(LossPoint::step)
                .containsExactly(1, 3);
        assertThat(new LearningCurve(List.of(fine, broken), 0, "diverged").thinned(0))
                .isEmpty();
    }

    @Test
    void aLearnerOfOneStepHasNoCurve() {
        assertThat(curve(1, 0).thinned(0)).isEmpty();
        assertThat(new LearningCurve(List.of(), 0, "completed").thinned(0)).isEmpty();
    }

    @Test
    void atMarksOfItsProgressItTellsTheBestErrorUntilThen() {
        ProgressCurve network = curve(8, 7).progress(epochs(8), 2).orElseThrow();
        ProgressCurve boosting = curve(40, 39).progress(boosting(0.1), 0).orElseThrow();

        assertThat(network.fold()).isEqualTo(2);
        assertThat(ProgressCurve.progressAt(network.firstMark())).isEqualTo(0.25);
        assertThat(ProgressCurve.progressAt(network.lastMark())).isEqualTo(1);
        assertThat(network.errors().get(0)).isEqualTo(1); // 2 / 2 after two of eight
        assertThat(network.errors().get(3)).isEqualTo(0.666667); // 2 / 3 after three, to six digits
        assertThat(ProgressCurve.progressAt(boosting.firstMark())).isEqualTo(0.25);
        assertThat(ProgressCurve.progressAt(boosting.lastMark())).isEqualTo(4);
        assertThat(boosting.errors().get(8)).isEqualTo(0.2); // 2 / 10 after ten rounds
    }

    @Test
    void aCurveThatCameToNoMarkOrIsNoNumberTellsNothingOfItsProgress() {
        assertThat(curve(2, 0).progress(boosting(0.1), 0)).isEmpty();
        assertThat(new LearningCurve(List.of(new Point(1, 0.5, Double.NaN, Double.NaN)), 0, "diverged")
                        .progress(epochs(1), 0))
                .isEmpty();
        assertThat(curve(1, 0).progress(boosting(0.5), 0).orElseThrow().firstMark())
                .as("its first step is longer than the way to the first marks")
                .isEqualTo(-4);
    }

    private static NetworkConfiguration epochs(int epochs) {
        return new NetworkConfiguration(
                "mlp", List.of(8), Activation.RELU, 4, 0, 0, 0, Optimizer.ADAM, 32, epochs, epochs);
    }

    private static TreesConfiguration boosting(double learningRate) {
        return new TreesConfiguration("boosting", 600, learningRate, 4, 0, 1, 1, 1, 1, 0, 64, 50);
    }

    private static LearningCurve curve(int size, int best) {
        List<Point> points = IntStream.rangeClosed(1, size)
                .mapToObj(step -> new Point(step, 1.0 / step, 2.0 / step, 2.0 / step))
                .toList();
        return new LearningCurve(points, best, "completed");
    }
}
