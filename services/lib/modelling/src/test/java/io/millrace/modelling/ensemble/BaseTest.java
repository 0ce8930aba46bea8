package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataset.Metric;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 400 rows with target 0, the first 100 of which all candidates predict: predictions are errors. */
class BaseTest {
    private static final int ALL = 400;
    private static final int SHARED = 100;
    private static final double[] TARGET = new double[ALL];

    private final SplittableRandom random = new SplittableRandom(5);
    /** Errs less on the shared rows and more on all. */
    private final Matrix lucky = errors(r -> r < SHARED ? 1 : 3);
    /** Errs the other way round. */
    private final Matrix good = errors(r -> r < SHARED ? 1.5 : 1);

    @Test
    void whatIsTrainedOnMoreFoldsIsJudgedOnAllItsRows() {
        assertThat(selected(Optional.empty(), lucky, good)[0]).isGreaterThan(0.5);
        double[] weights = selected(Optional.of(bagged(lucky, good)), lucky, good);
        assertThat(weights[1]).isGreaterThan(0.8);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void othersAreAddedWhereTheyHelpAndDoNotCrowdItOut() {
        Matrix single = errors(r -> 0.3); // on one fold by far the best
        Matrix useless = errors(r -> 30);
        double[] weights = selected(Optional.of(bagged(good)), good, single, useless);
        assertThat(weights[0]).isGreaterThanOrEqualTo(1 / 3.0 - 1e-9);
        assertThat(weights[1]).isCloseTo(2 / 3.0, within(0.01));
        assertThat(weights[2]).isZero();
    }

    @Test
    void baggedCandidatesThatDidNotMakeItAreNotAddedOnFewerRows() {
        Matrix single = errors(r -> 2);
        double[] weights = selected(Optional.of(bagged(good, lucky)), good, lucky, single);
        double[] base =
                Base.onAllRows(Metric.RMSE, bagged(good, lucky), 1, () -> false).weights();
        assertThat(weights[1] / weights[0]).isCloseTo(base[1] / base[0], within(1e-9));
        assertThat(weights[2]).isPositive();
    }

    @Test
    void theBaseThatIsJudgedOnSharedRowsWasNotChosenOnThem() {
        Matrix elsewhere = new Matrix(ALL, 1, good.values().clone());
        Arrays.fill(elsewhere.values(), 0, SHARED, 1e6f);
        Base judged = Base.onOwnRows(Metric.RMSE, bagged(lucky, elsewhere), 1, () -> false);
        Base all = Base.onAllRows(Metric.RMSE, bagged(lucky, elsewhere), 1, () -> false);
        assertThat(judged.weights()[1]).isGreaterThan(0.8);
        assertThat(all.weights()[1]).isZero();
    }

    @Test
    void candidatesThatAreNotFiniteLeaveTheOthersWhereTheyAre() {
        Matrix broken = errors(r -> Double.NaN);
        List<Matrix> candidates = List.of(shared(broken), shared(good), shared(broken), shared(errors(r -> 1)));
        Bagged bagged = new Bagged(new int[] {1, 2}, TARGET, List.of(good, broken), own());
        EnsembleSelection selection =
                EnsembleSelection.of(Metric.RMSE, new double[SHARED], candidates, Optional.of(bagged), 1, () -> false);
        assertThat(selection.weights()[0]).isZero();
        assertThat(selection.weights()[1]).isPositive();
        assertThat(selection.weights()[2]).isZero();
        assertThat(selection.weights()[3]).isPositive();
        assertThat(selection.score().value()).isFinite();
    }

    @Test
    void whereAMemberIsLeftOutTheOthersShareItsWeight() {
        Base base = new Base(new int[] {0, 2, 3}, new double[] {.5, .2, .3});

        Base left = base.among(new int[] {1, 2, 3});
        assertThat(left.candidates()).containsExactly(1, 2);
        assertThat(left.weights()).containsExactly(new double[] {.4, .6}, within(1e-12));
        assertThat(base.among(new int[] {1}).candidates()).isEmpty();
    }

    private static double[] selected(Optional<Bagged> bagged, Matrix... candidates) {
        List<Matrix> sharedRows =
                Arrays.stream(candidates).map(BaseTest::shared).toList();
        return EnsembleSelection.of(Metric.RMSE, new double[SHARED], sharedRows, bagged, 1, () -> false)
                .weights();
    }

    /** The first candidates, as those that predict all rows. */
    private static Bagged bagged(Matrix... predictions) {
        return new Bagged(IntStream.range(0, predictions.length).toArray(), TARGET, List.of(predictions), own());
    }

    private static int[] own() {
        return IntStream.range(SHARED, ALL).toArray();
    }

    private static Matrix shared(Matrix predictions) {
        return predictions.rows() == SHARED
                ? predictions
                : predictions.select(IntStream.range(0, SHARED).toArray());
    }

    /** Normal errors of a size per row. */
    private Matrix errors(IntToDoubleFunction size) {
        Matrix errors = Matrix.filled(ALL, 1, 0);
        for (int r = 0; r < ALL; r++) {
            errors.set(r, 0, (float) (size.applyAsDouble(r) * random.nextGaussian()));
        }
        return errors;
    }
}
